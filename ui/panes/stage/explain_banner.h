// Explains a broken rule or a finding: how severe it is, what happened, why Windows forbids it,
// what to do instead, the rule, the bug check code and the line; with buttons to continue, to step
// back and to read the rule. Called by the app (over or under the stage) once a frame; main thread
// only.
#pragma once
#include <string>
#include <vector>

#include "session/session.h"
#include "trace/rules/rules.h"
#include "ui/panes/rings.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/panel.h"

namespace qs::ui {

struct BannerInfo {
  bool shown = false;
  size_t event = 0;  // number of the violation or finding
  trace::Severity severity = trace::Severity::None;
  std::string heading;  // "Verifier break: Completed while still cancelable"
  std::string what, why, how;
  std::string here;  // what a drawn ring leaves out, in words; else part of `what`
  std::string rule, rule_text;
  std::string code;  // "0x10D/0xA", "" for none
  std::string site;  // "driver.c:28"
  trace::Site line;
  ObjectId object;  // the request or queue it is about
  // of threads that wait for each other: drawn below what happened
  std::vector<trace::RingLink> ring;
  std::vector<RingBox> boxes;
  bool can_continue = false;
};

// The verdict at this moment: the last event, or the one before the end of the run. A
// pure function; `shown` is false when there is none.
BannerInfo banner_info(const session::Moment& moment);

struct BannerState {
  bool folded = false;  // only the heading
  size_t seen = size_t(-1);
  ScrollState scroll;
};

// The height that it needs at this width; 0 when there is nothing to show.
float explain_banner_height(Ui& ui, float width, const BannerInfo& info, const BannerState& state);
void draw_explain_banner(Ui& ui, const Rect& rect, const BannerInfo& info, BannerState& state,
                         UiState& shared, std::vector<session::Command>& out);

}  // namespace qs::ui
