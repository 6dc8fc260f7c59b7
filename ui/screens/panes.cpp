#include "ui/screens/panes.h"

#include <algorithm>
#include <utility>

namespace qs::ui {
namespace {

constexpr float kGap = 12, kTabs = 32, kLow = 62;
// Design pixels: a smaller window is not wide (or high) enough for that many panes.
constexpr float kMiddling = 640, kHigh = 500, kMiddlingHigh = 330;

class Arranger {
 public:
  Arranger(const Rect& page, float scale, const Settings& s, const PaneWishes& w)
      : page_(page), all_(page), scale_(scale), s_(s), w_(w) {}

  PaneLayout run() {
    if (w_.whole != Pane::none) {
      one(w_.whole, {w_.whole});
    } else if (page_.w < px(kMiddling) || page_.h < px(kMiddlingHigh)) {
      std::vector<Pane> open;
      for (Pane p : kPanes)
        if (!folded(p)) open.push_back(p);
      one(chosen(open, w_.lesson ? Pane::side : Pane::stage), open);
    } else if (s_.projector) {
      projector();
    } else if (page_.w < px(kWideFrom) || page_.h < px(kHigh)) {
      middling();
    } else {
      wide();
    }
    return std::move(out_);
  }

 private:
  float px(float design) const { return design * scale_; }
  bool folded(Pane p) const { return p != Pane::stage && (s_.folded & pane_bit(p)); }
  Rect& at(Pane p) { return out_.at[size_t(p)]; }

  Pane chosen(const std::vector<Pane>& open, Pane otherwise) const {
    if (std::find(open.begin(), open.end(), w_.front) != open.end()) return w_.front;
    if (std::find(open.begin(), open.end(), otherwise) != open.end()) return otherwise;
    return open.empty() ? Pane::none : open.front();
  }

  void one(Pane pane, std::vector<Pane> behind) {
    if (behind.size() > 1) out_.tabs = cut_top(page_, px(kTabs), px(6));
    at(pane) = page_;
    out_.behind = std::move(behind);
    out_.front = pane;
  }

  void bottom() {
    if (folded(Pane::timeline)) return;
    const float h = std::clamp(s_.bottom * page_.h, px(110), page_.h * 0.6f);
    at(Pane::timeline) = cut_bottom(page_, h, px(kGap));
    out_.split_bottom = {page_.x, page_.bottom(), page_.w, px(kGap)};
  }

  // Behind the timeline's tabs, while there is a timeline.
  void guests(std::initializer_list<Pane> panes) {
    for (const Pane p : panes)
      if (!folded(p) && at(p).empty() && !at(Pane::timeline).empty()) out_.guests.push_back(p);
  }

  // What a class can read: the stage with its code, a lesson below it, and a low timeline. The
  // stage keeps half of what is left.
  void projector() {
    if (!folded(Pane::timeline) && page_.h > px(kMiddlingHigh))
      at(Pane::timeline) = cut_bottom(page_, px(kLow), px(kGap));
    if (w_.level > 0) {
      const float wanted = w_.level <= page_.h * kLevelUsual ? w_.level : w_.level_tight;
      at(Pane::side) = cut_bottom(page_, std::min(wanted, page_.h * w_.level_most), px(kGap));
      out_.level = true;
    } else if (w_.lesson) {
      at(Pane::side) =
          cut_left(page_, std::clamp(0.26f * page_.w, px(240), page_.w * 0.4f), px(kGap));
    }
    at(Pane::stage) = page_;
  }

  void middling() {
    if (page_.h > px(400)) bottom();
    std::vector<Pane> open;
    for (Pane p : {Pane::side, Pane::code, Pane::inspector})
      if (!folded(p)) open.push_back(p);
    if (out_.of(Pane::timeline).empty() && !folded(Pane::timeline)) open.push_back(Pane::timeline);
    if (!open.empty()) {
      const float width = std::clamp(s_.right * 1.5f * all_.w, px(280), page_.w * 0.5f);
      Rect column = cut_right(page_, width, px(kGap));
      out_.split_right = {page_.right(), page_.y, px(kGap), page_.h};
      if (open.size() > 1) out_.tabs = cut_top(column, px(kTabs), px(6));
      out_.front = chosen(open, Pane::side);
      out_.behind = std::move(open);
      at(out_.front) = column;
    }
    at(Pane::stage) = page_;
  }

  void wide() {
    bottom();
    if (!folded(Pane::side)) {
      // A question has up to four options of a sentence each.
      const float least = px(w_.lesson ? 280 : 240);
      const float side = std::clamp(s_.side * page_.w, least, std::max(least, page_.w * 0.35f));
      at(Pane::side) = cut_left(page_, side, px(kGap));
      out_.split_side = {page_.x - px(kGap), page_.y, px(kGap), page_.h};
    }
    dock();
    at(Pane::stage) = page_;
    guests({Pane::code, Pane::inspector});
  }

  // What the stage can spare; without a timeline, also what it cannot.
  void dock() {
    std::vector<Pane> open;
    for (Pane p : {Pane::inspector, Pane::code})
      if (!folded(p)) open.push_back(p);
    if (open.empty()) return;
    const bool spare = page_.w >= px(kStageNeeds + kGap + kDockFrom);
    if (!spare && !folded(Pane::timeline)) return;
    const float most = spare ? page_.w - px(kStageNeeds + kGap) : page_.w * 0.4f;
    const float width = std::clamp(s_.right * all_.w, px(kDockFrom), std::max(most, px(kDockFrom)));
    Rect column = cut_right(page_, width, px(kGap));
    out_.split_right = {page_.right(), page_.y, px(kGap), page_.h};
    if (open.size() == 2 && column.w >= px(kDockBoth) && column.h >= px(232 + kGap)) {
      const float most_code = std::max(px(100), column.h - px(120 + kGap));
      at(Pane::code) =
          cut_top(column, std::clamp(column.h * s_.code, px(100), most_code), px(kGap));
      out_.split_code = {column.x, at(Pane::code).bottom(), column.w, px(kGap)};
      at(Pane::inspector) = column;
    } else {
      at(open[0]) = column;
    }
  }

  Rect page_, all_;
  float scale_;
  const Settings& s_;
  const PaneWishes& w_;
  PaneLayout out_;
};

}  // namespace

const char* pane_name(Pane pane) {
  switch (pane) {
    case Pane::stage: return "stage";
    case Pane::code: return "code";
    case Pane::inspector: return "inspector";
    case Pane::timeline: return "timeline";
    case Pane::side: return "side";
    case Pane::none: break;
  }
  return "";
}

PaneLayout arrange_panes(const Rect& page, float scale, const Settings& settings,
                         const PaneWishes& wishes) {
  return Arranger(page, scale, settings, wishes).run();
}

}  // namespace qs::ui
