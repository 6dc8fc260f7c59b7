#include "ui/toolkit/text/prose.h"

#include <md4c.h>

#include <cmath>
#include <map>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/broken_word.h"

namespace qs::ui {
namespace {

struct Run {
  std::string text;
  std::string link;  // address, "" for ordinary text
  bool bold = false, code = false;
};

using Runs = std::vector<Run>;

struct Block {
  enum class Type { paragraph, heading, item, code, table } type = Type::paragraph;
  int depth = 0;       // of list items
  std::string marker;  // "•" or "1."
  bool wide = false;   // of a list whose numbers go beyond 9
  Runs runs;
  std::vector<std::vector<Runs>> rows;  // of a table, from top to bottom; the first is its head
};

// Collects md4c's callbacks into blocks of runs.
struct ProseReader {
  std::vector<Block> blocks;
  struct List {
    bool ordered;
    unsigned number;
    std::size_t first;  // of its blocks
  };
  std::vector<List> lists;
  std::string link;
  int bold = 0, code = 0;
  bool fresh_item = false;

  Block& block() {
    if (blocks.empty()) blocks.emplace_back();
    return blocks.back();
  }
  void open(Block::Type type) {
    if (fresh_item &&
        type == Block::Type::paragraph) {  // the first paragraph of an item is the item
      fresh_item = false;
      return;
    }
    Block b;
    b.type = type;
    b.depth = int(lists.size());
    blocks.push_back(std::move(b));
  }
  Runs& runs_here() {
    auto& rows = block().rows;
    return rows.empty() || rows.back().empty() ? block().runs : rows.back().back();
  }
  void add(std::string_view text) {
    if (fresh_item) fresh_item = false;
    Runs& runs = runs_here();
    const bool is_bold = bold > 0 || block().type == Block::Type::heading, is_code = code > 0;
    if (!runs.empty() && runs.back().bold == is_bold && runs.back().code == is_code &&
        runs.back().link == link) {
      runs.back().text += text;
    } else {
      runs.push_back({std::string(text), link, is_bold, is_code});
    }
  }
};

int enter_block(MD_BLOCKTYPE type, void* detail, void* user) {
  auto& r = *static_cast<ProseReader*>(user);
  switch (type) {
    case MD_BLOCK_P: r.open(Block::Type::paragraph); break;
    case MD_BLOCK_H: r.open(Block::Type::heading); break;
    case MD_BLOCK_CODE: r.open(Block::Type::code); break;
    case MD_BLOCK_UL: r.lists.push_back({false, 0, r.blocks.size()}); break;
    case MD_BLOCK_OL:
      r.lists.push_back({true, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start, r.blocks.size()});
      break;
    case MD_BLOCK_LI:
      r.open(Block::Type::item);
      r.block().marker = !r.lists.empty() && r.lists.back().ordered
                             ? std::to_string(r.lists.back().number++) + "."
                             : "•";
      r.fresh_item = true;
      break;
    case MD_BLOCK_TABLE: r.open(Block::Type::table); break;
    case MD_BLOCK_TR: r.block().rows.emplace_back(); break;
    case MD_BLOCK_TH: ++r.bold; [[fallthrough]];
    case MD_BLOCK_TD: r.block().rows.back().emplace_back(); break;
    default: break;
  }
  return 0;
}

int leave_block(MD_BLOCKTYPE type, void*, void* user) {
  auto& r = *static_cast<ProseReader*>(user);
  if (type == MD_BLOCK_TH) --r.bold;
  if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && !r.lists.empty()) {
    const ProseReader::List list = r.lists.back();
    r.lists.pop_back();
    if (list.ordered && list.number > 10)
      for (std::size_t i = list.first; i < r.blocks.size(); ++i) r.blocks[i].wide = true;
  }
  return 0;
}

int enter_span(MD_SPANTYPE type, void* detail, void* user) {
  auto& r = *static_cast<ProseReader*>(user);
  if (type == MD_SPAN_STRONG || type == MD_SPAN_EM) ++r.bold;
  if (type == MD_SPAN_CODE) ++r.code;
  if (type == MD_SPAN_A) {
    const auto& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
    r.link.assign(href.text, href.size);
  }
  return 0;
}

int leave_span(MD_SPANTYPE type, void*, void* user) {
  auto& r = *static_cast<ProseReader*>(user);
  if (type == MD_SPAN_STRONG || type == MD_SPAN_EM) --r.bold;
  if (type == MD_SPAN_CODE) --r.code;
  if (type == MD_SPAN_A) r.link.clear();
  return 0;
}

int take_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
  auto& r = *static_cast<ProseReader*>(user);
  switch (type) {
    case MD_TEXT_BR: r.add("\n"); break;
    case MD_TEXT_SOFTBR: r.add(" "); break;
    case MD_TEXT_ENTITY: {
      const std::string_view e(text, size);
      r.add(e == "&lt;" ? "<" : e == "&gt;" ? ">" : e == "&amp;" ? "&" : e == "&nbsp;" ? " " : e);
      break;
    }
    default: r.add({text, size}); break;
  }
  return 0;
}

struct Parsed {
  std::vector<Block> blocks;
  std::string plain;
};

void add_plain(std::string& out, const Runs& runs) {
  for (const Run& run : runs) out += run.text;
}

Parsed parse(std::string_view markdown) {
  ProseReader reader;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_TABLES;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = take_text;
  md_parse(markdown.data(), MD_SIZE(markdown.size()), &parser, &reader);
  Parsed out{std::move(reader.blocks), {}};
  for (const Block& block : out.blocks) {
    if (!out.plain.empty()) out.plain += '\n';
    if (!block.marker.empty()) out.plain += block.marker + " ";
    add_plain(out.plain, block.runs);
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
      if (r) out.plain += '\n';
      for (std::size_t c = 0; c < block.rows[r].size(); ++c) {
        if (c) out.plain += " | ";
        add_plain(out.plain, block.rows[r][c]);
      }
    }
  }
  return out;
}

// The same few texts are measured and drawn frame after frame: each is parsed once. Main thread
// only, like all of the toolkit.
const Parsed& parsed(std::string_view markdown) {
  constexpr std::size_t most = 200;  // texts; a window shows a dozen
  static std::map<std::string, Parsed, std::less<>> all;
  const auto at = all.find(markdown);
  if (at != all.end()) return at->second;
  if (all.size() >= most) all.clear();
  return all.emplace(std::string(markdown), parse(markdown)).first->second;
}

// One pass over the blocks, measuring, and drawing where `draw` is set.
class Setter {
 public:
  Setter(Ui& ui, const Rect& rect, const ProseStyle& style, bool draw)
      : ui_(ui),
        rect_(rect),
        font_(style.font),
        color_(style.color.a ? style.color : ui.theme->text),
        draw_(draw) {
    const Font& usual = font_ ? *font_ : ui.fonts->body;
    line_ = std::round(usual.size * style.line_height / 1.2102f * 1.2f);
  }

  float set(const std::vector<Block>& blocks) {
    float y = rect_.y;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (i) y += blocks[i].type == Block::Type::item ? ui_.px(3) : ui_.px(9);
      const Block& block = blocks[i];
      y = block.type == Block::Type::code    ? set_code(block, y)
          : block.type == Block::Type::table ? set_table(block, y)
                                             : set_text(block, y);
    }
    return y - rect_.y;
  }
  float width_of(const std::vector<Block>& blocks) const {
    float width = 0;
    for (const Block& block : blocks)
      for (const Run& run : block.runs) width += text_width(font(run), run.text);
    return width;
  }
  std::string clicked;
  bool cut = false;

 private:
  const Font& font(const Run& run) const {
    if (font_) return *font_;
    if (heading_) return ui_.fonts->bold;
    return run.code ? ui_.fonts->mono : run.bold ? ui_.fonts->bold : ui_.fonts->body;
  }

  // The width of what follows without a space from run `index` on: a full stop after a bold word
  // stays with it.
  float glued_width(const Runs& runs, std::size_t index) const {
    float width = 0;
    for (; index < runs.size(); ++index) {
      const Run& run = runs[index];
      const std::size_t end = std::min(run.text.find_first_of(" \n"), run.text.size());
      width += text_width(font(run), std::string_view(run.text).substr(0, end));
      if (end < run.text.size()) break;
    }
    return width;
  }

  float set_text(const Block& block, float y) {
    const float more = ui_.px(block.wide ? 9 : 0);
    const float left = rect_.x + (block.depth ? ui_.px(18) * float(block.depth) + more : 0);
    if (!block.marker.empty()) {
      const float room = ui_.px(15) + more;
      put({left - room, y, room, line_}, ui_.fonts->body, ui_.theme->text_dim, block.marker);
    }
    heading_ = block.type == Block::Type::heading;
    y = set_runs(block.runs, left, rect_.right(), y);
    heading_ = false;
    return y;
  }

  // Wrapped between two edges; returns where the next line would begin.
  float set_runs(const Runs& runs, float left, float right, float y) {
    float x = left;
    for (std::size_t index = 0; index < runs.size(); ++index) {
      const Run& run = runs[index];
      const Font& f = font(run);
      const float glued = glued_width(runs, index + 1);
      std::string_view rest = run.text;
      while (!rest.empty()) {
        if (rest[0] == '\n') {
          rest.remove_prefix(1);
          x = left;
          y += line_;
          continue;
        }
        // As many words as fit on this line are set in one piece.
        std::size_t taken = 0, at = 0;
        const std::size_t stop = std::min(rest.find('\n'), rest.size());
        while (at < stop) {
          std::size_t end = rest.find(' ', at + 1);
          if (end == rest.npos || end > stop) end = stop;
          const float tail = end == rest.size() ? glued : 0;
          if (x + text_width(f, rest.substr(0, end)) + tail > right + 0.5f) break;
          taken = at = end;
        }
        if (taken == 0) {
          if (x > left) {  // go on in the next line
            x = left;
            y += line_;
            while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
            continue;
          }
          taken = broken_word(f, rest.substr(0, std::min(rest.find(' '), stop)), right - left);
        }
        const std::string_view piece = rest.substr(0, taken);
        const float width = text_width(f, piece);
        place({x, y, width, line_}, f, run, piece);
        x += width;
        rest.remove_prefix(taken);
        if (!rest.empty() && rest[0] != '\n') {
          x = left;
          y += line_;
          while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
        }
      }
    }
    return y + line_;
  }

  // Each column has its widest word, from those that have more; the very widest are broken.
  void keep_words(const Block& table, float room, std::vector<float>& widths) const {
    std::vector<float> least(widths.size(), 0);
    for (const auto& row : table.rows)
      for (std::size_t c = 0; c < row.size(); ++c)
        for (const Run& run : row[c])
          for (std::size_t at = 0, end = 0; at < run.text.size(); at = end + 1) {
            end = std::min(run.text.find_first_of(" \n", at), run.text.size());
            const std::string_view one = std::string_view(run.text).substr(at, end - at);
            least[c] = std::max(least[c], text_width(font(run), one) + 1);
          }
    std::vector<float> sorted = least;
    std::sort(sorted.begin(), sorted.end());
    std::size_t i = 0;
    float left = room;  // for the columns from the i-th narrowest on
    while (i < sorted.size() && sorted[i] * float(sorted.size() - i) <= left) left -= sorted[i++];
    const float most = i < sorted.size() ? left / float(sorted.size() - i) : room;
    float lacks = 0, spare = 0;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      least[c] = std::min(least[c], most);
      (widths[c] < least[c] ? lacks : spare) += std::abs(widths[c] - least[c]);
    }
    const float give = spare > 0 ? std::min(1.0f, lacks / spare) : 0;
    for (std::size_t c = 0; c < widths.size(); ++c)
      widths[c] += (least[c] - widths[c]) * (widths[c] < least[c] ? 1 : give);
  }

  // Columns as wide as their widest cell; where they do not fit, the wide ones share what the
  // narrow ones leave.
  std::vector<float> column_widths(const Block& table, float room) const {
    std::vector<float> wanted;
    for (const auto& row : table.rows)
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (c >= wanted.size()) wanted.push_back(0);
        float width = 0;
        for (const Run& run : row[c]) width += text_width(font(run), run.text);
        wanted[c] = std::max(wanted[c], width + 1);
      }
    std::vector<bool> narrow(wanted.size(), false);
    float left = room, wide = 0;
    for (bool again = true; again;) {
      again = false;
      left = room, wide = 0;
      for (std::size_t c = 0; c < wanted.size(); ++c)
        (narrow[c] ? left : wide) += narrow[c] ? -wanted[c] : wanted[c];
      const auto others = float(std::count(narrow.begin(), narrow.end(), false));
      for (std::size_t c = 0; c < wanted.size(); ++c)
        if (!narrow[c] && (wide <= left || wanted[c] <= left / others)) narrow[c] = again = true;
    }
    for (std::size_t c = 0; c < wanted.size(); ++c)
      if (!narrow[c]) wanted[c] *= left / wide;
    keep_words(table, room, wanted);
    return wanted;
  }

  float set_table(const Block& table, float y) {
    const float gap = ui_.px(rect_.w < ui_.px(420) ? 8 : 14), pad = ui_.px(3);
    std::size_t columns = 0;
    for (const auto& row : table.rows) columns = std::max(columns, row.size());
    if (columns == 0) return y;
    const auto widths = column_widths(table, rect_.w - gap * float(columns - 1));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      float x = rect_.x, bottom = y + pad;
      for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
        bottom = std::max(bottom, set_runs(table.rows[r][c], x, x + widths[c], y + pad));
        x += widths[c] + gap;
      }
      y = bottom + pad;
      if (draw_ && y <= rect_.bottom() + 1)
        hline(ui_, rect_.x, rect_.right(), y, r ? ui_.theme->panel_border : ui_.theme->control);
    }
    return y + pad;
  }

  float set_code(const Block& block, float y) {
    std::string text;
    for (const Run& run : block.runs) text += run.text;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const float pad = ui_.px(8), row = std::round(ui_.fonts->mono.size * 1.1f);
    const auto rows = float(1 + std::count(text.begin(), text.end(), '\n'));
    const Rect ground{rect_.x, y, rect_.w, rows * row + 2 * pad};
    if (draw_) fill(ui_, ground, ui_.theme->well, ui_.px(4));
    std::string_view rest = text;
    for (float at = y + pad; !rest.empty(); at += row) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view one = rest.substr(0, end);
      if (text_width(ui_.fonts->mono, one) > rect_.w - 2 * pad) cut = true;
      put({rect_.x + pad, at, rect_.w, row}, ui_.fonts->mono, ui_.theme->code, one);
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    return ground.bottom();
  }

  void place(const Rect& r, const Font& f, const Run& run, std::string_view piece) {
    if (!run.link.empty()) {
      if (!draw_ || r.bottom() > rect_.bottom() + 1) {
        if (draw_) cut = true;
        return;
      }
      const IdScope scope(ui_, std::to_string(++links_));
      if (link(ui_, {r.x, r.y + (r.h - f.size) / 2}, piece, piece, false, &f).clicked)
        clicked = run.link;
      return;
    }
    if (run.code && draw_ && r.bottom() <= rect_.bottom() + 1) {
      const std::string_view solid = piece[0] == ' ' ? piece.substr(1) : piece;
      const float gap = r.w - text_width(f, solid);
      fill(ui_,
           rect_around({r.x + gap + (r.w - gap) / 2, r.center().y}, r.w - gap + ui_.px(4),
                       f.size * 1.05f),
           ui_.theme->well, ui_.px(3));
    }
    put(r, f, run.code ? ui_.theme->code_call : color_, piece);
  }

  void put(const Rect& r, const Font& f, Color color, std::string_view text) {
    if (!draw_) return;
    if (r.bottom() > rect_.bottom() + 1) {
      cut = true;
      return;
    }
    draw_text(ui_, r, f, color, text);
  }

  Ui& ui_;
  Rect rect_;
  const Font* font_;
  Color color_;
  bool draw_, heading_ = false;
  float line_;
  int links_ = 0;
};

}  // namespace

float prose_height(Ui& ui, float width, std::string_view markdown, const ProseStyle& style) {
  Setter setter(ui, {0, 0, width, 1e9f}, style, false);
  return setter.set(parsed(markdown).blocks);
}

float prose_width(Ui& ui, std::string_view markdown, const ProseStyle& style) {
  return Setter(ui, {}, style, false).width_of(parsed(markdown).blocks);
}

ProseResult prose(Ui& ui, const Rect& rect, std::string_view name, std::string_view markdown,
                  const ProseStyle& style) {
  const IdScope scope(ui, name);
  const Parsed& text = parsed(markdown);
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  options.text = text.plain;
  options.may_cut = true;  // the panel's own rectangle may be larger than what is seen
  const Hit ground_hit = ui.item(rect, "text", options);
  const Inside inside(ui, ground_hit);
  Setter setter(ui, rect, style, true);
  ProseResult result;
  result.height = setter.set(text.blocks);
  result.clicked_link = setter.clicked;
  auto& record = ui.rects.all()[std::size_t(ground_hit.record)];
  record.cut = setter.cut;
  record.may_cut = style.may_cut;
  return result;
}

std::string prose_plain(std::string_view markdown) { return parsed(markdown).plain; }

}  // namespace qs::ui
