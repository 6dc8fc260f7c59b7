// Kept pictures: what panes look like, as small PNGs under tests/ui/pictures, compared with a
// tolerance that is blind to rounding and to nothing else. Owns: Difference, KeptPictures. Used by
// the tests of pictures. QS_UPDATE_PICTURES=1 (./dev pictures) keeps what is seen.
//
//   pictures/<set>/made_with.txt         the release of Dear ImGui and the fonts of a set
//   pictures/<set>/<group>/<name>.png    one pane
//
// Releases and fonts draw letters differently, so each combination has a set of its own. A picture
// that is kept anew leaves the other sets, where it is outdated, until they are kept, too. What our
// set lacks is only written into the build folder, and the test says so.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "ui/platform/platform.h"
#include "ui/toolkit/core/layout.h"

namespace qs::ui {

// What is between two pictures, beyond rounding: a channel of a pixel may be off by kRounding; and
// since corners of shapes are rounded to 1/256 pixel, which sharp ones enlarge, a few pixels by
// more.
struct Difference {
  static constexpr int kRounding = 2, kFewPixels = 6, kFewMost = 24;  // channels: 0 to 255

  std::string sizes;  // "" when they are the same
  int pixels = 0;     // how many are off by more than rounding
  int most = 0;       // the largest difference of a channel
  Rect where;         // the smallest rectangle around those pixels

  bool same() const { return sizes.empty() && pixels <= kFewPixels && most <= kFewMost; }
  std::string text() const;  // "412 pixels differ, by up to 87 of 255, in 40x12 at (10, 20)"
};
Difference difference(const Picture& expected, const Picture& seen);

// Expected, seen and difference from left to right: the difference in red upon a faint copy.
Picture side_by_side(const Picture& expected, const Picture& seen);

// The part of a picture inside a rectangle.
Picture cut(const Picture& picture, const Rect& rect);

// Fails with a sentence that names the file.
Result<Picture> read_png(const std::string& path);

// What is drawn with: a line for Dear ImGui and one for each font.
std::string drawn_with();

// The pictures of one group. Every check is doctest's: it names the pane, the kept file and where
// the comparison lies in the build folder.
class KeptPictures {
 public:
  explicit KeptPictures(std::string group, std::string root = "tests/ui/pictures");
  ~KeptPictures();  // what is kept but was never drawn is a failure, too
  KeptPictures(const KeptPictures&) = delete;
  KeptPictures& operator=(const KeptPictures&) = delete;

  // "" when `seen` is the kept picture, or is kept from now on; else what is wrong, in a sentence.
  std::string judge(const std::string& name, const Picture& seen);
  void check(const std::string& name, const Picture& seen);
  // The kept pictures that were not drawn, one a line; drops them when pictures are kept anew.
  std::string forgotten();

 private:
  std::string file(const std::string& name) const;
  std::vector<std::string> elsewhere(const std::string& name) const;  // the same of other sets
  std::string keep(const std::string& name, const Picture& seen) const;

  std::string group_, root_, set_;  // set_: "" when there is none for what we draw with
  bool update_ = false;
  std::set<std::string> seen_;
};

}  // namespace qs::ui
