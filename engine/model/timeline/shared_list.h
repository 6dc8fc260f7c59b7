// A list that costs little to copy. Owns: SharedList. Used by Model for what there can be many of.
//
// The elements lie in pieces that copies share until one of them changes a piece; then it gets a
// piece of its own. So the model at many moments of a run takes the memory of what differs between
// them, and keeping one more moment of a run with a hundred thousand requests alive copies a few
// thousand pointers.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace qs::model {

template <class T>
class SharedList {
  using Piece = std::vector<T>;

 public:
  static constexpr size_t kPiece = std::max<size_t>(16, 4096 / sizeof(T));  // elements at most

  // Where an element stands; good until the list changes.
  struct Spot {
    size_t piece = 0, at = 0;
    bool operator==(const Spot&) const = default;
  };
  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    const_iterator() = default;
    const_iterator(const SharedList* list, Spot spot) : list_(list), piece_(spot.piece) {
      enter(spot.at);
    }
    const T& operator*() const { return *here_; }
    const T* operator->() const { return here_; }
    const_iterator& operator++() {
      if (++here_ == end_) ++piece_, enter(0);
      return *this;
    }
    const_iterator operator++(int) {
      const_iterator old = *this;
      ++*this;
      return old;
    }
    bool operator==(const const_iterator& o) const { return here_ == o.here_; }
    Spot spot() const {
      return {piece_, here_ ? size_t(here_ - list_->pieces_[piece_]->data()) : 0};
    }

   private:
    void enter(size_t at) {
      const bool over = piece_ >= list_->pieces_.size();
      here_ = over ? nullptr : list_->pieces_[piece_]->data() + at;
      end_ = over ? nullptr : list_->pieces_[piece_]->data() + list_->pieces_[piece_]->size();
    }

    const SharedList* list_ = nullptr;
    size_t piece_ = 0;
    const T* here_ = nullptr;  // nullptr: behind the last
    const T* end_ = nullptr;   // of its piece
  };

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const_iterator begin() const { return {this, {0, 0}}; }
  const_iterator end() const { return {this, {pieces_.size(), 0}}; }
  const T& front() const { return pieces_.front()->front(); }
  const T& back() const { return pieces_.back()->back(); }
  Spot last() const { return {pieces_.size() - 1, pieces_.back()->size() - 1}; }
  // The i-th; walks over the pieces before it.
  const T& operator[](size_t i) const {
    size_t piece = 0;
    for (; i >= pieces_[piece]->size(); ++piece) i -= pieces_[piece]->size();
    return (*pieces_[piece])[i];
  }
  operator std::vector<T>() const { return {begin(), end()}; }
  bool operator==(const SharedList& o) const {
    return size_ == o.size_ && (pieces_ == o.pieces_ || std::equal(begin(), end(), o.begin()));
  }
  bool operator==(const std::vector<T>& o) const {
    return size_ == o.size() && std::equal(begin(), end(), o.begin());
  }

  // The first element that is not below `value`; the list is sorted by `below`.
  template <class Value, class Below>
  const_iterator lower_bound(const Value& value, Below below) const {
    const auto piece = std::lower_bound(
        pieces_.begin(), pieces_.end(), value,
        [&](const std::shared_ptr<Piece>& p, const Value& v) { return below(p->back(), v); });
    if (piece == pieces_.end()) return end();
    const auto at = std::lower_bound((*piece)->begin(), (*piece)->end(), value, below);
    return {this, {size_t(piece - pieces_.begin()), size_t(at - (*piece)->begin())}};
  }

  // --- changes: the piece is made this list's own first ---
  T& edit(Spot spot) { return own(spot.piece)[spot.at]; }
  T& push_back(T value) {
    if (pieces_.empty() || pieces_.back()->size() >= kPiece)
      pieces_.push_back(std::make_shared<Piece>());
    ++size_;
    return own(pieces_.size() - 1).emplace_back(std::move(value));
  }
  // In front of the element there.
  T& insert(Spot spot, T value) {
    if (spot.piece == pieces_.size()) return push_back(std::move(value));
    if (pieces_[spot.piece]->size() >= kPiece) spot = split(spot);
    Piece& piece = own(spot.piece);
    ++size_;
    return *piece.insert(piece.begin() + std::ptrdiff_t(spot.at), std::move(value));
  }
  void erase(Spot spot) {
    Piece& piece = own(spot.piece);
    piece.erase(piece.begin() + std::ptrdiff_t(spot.at));
    --size_;
    if (piece.empty()) {
      pieces_.erase(pieces_.begin() + std::ptrdiff_t(spot.piece));
    } else if (piece.size() < kPiece / 4 && spot.piece + 1 < pieces_.size() &&
               piece.size() + pieces_[spot.piece + 1]->size() <= kPiece / 2) {
      const Piece& next = *pieces_[spot.piece + 1];  // many small pieces become one
      piece.insert(piece.end(), next.begin(), next.end());
      pieces_.erase(pieces_.begin() + std::ptrdiff_t(spot.piece) + 1);
    }
  }

  // --- what it takes ---
  size_t copy_bytes() const { return pieces_.size() * sizeof(std::shared_ptr<Piece>); }
  // Calls `each` with the address and the bytes of every piece: lists that share one say the same.
  template <class Each>
  void pieces(Each each) const {
    for (const auto& p : pieces_)
      each(static_cast<const void*>(p.get()), sizeof(Piece) + 16 + p->capacity() * sizeof(T));
  }

 private:
  Piece& own(size_t piece) {
    auto& p = pieces_[piece];
    if (p.use_count() > 1) p = std::make_shared<Piece>(*p);
    return *p;
  }
  // Halves a full piece; where the element at `spot` stands then.
  Spot split(Spot spot) {
    Piece& piece = own(spot.piece);
    const size_t half = piece.size() / 2;
    auto rest = std::make_shared<Piece>(piece.begin() + std::ptrdiff_t(half), piece.end());
    piece.resize(half);
    pieces_.insert(pieces_.begin() + std::ptrdiff_t(spot.piece) + 1, std::move(rest));
    return spot.at <= half ? spot : Spot{spot.piece + 1, spot.at - half};
  }

  std::vector<std::shared_ptr<Piece>> pieces_;  // none of them empty
  size_t size_ = 0;
};

}  // namespace qs::model
