// What every screen of the window is: home, a lesson, a run, the sandbox, be the driver, compare,
// races.
// Each owns its state, takes its own keys and draws itself; App (ui/app/app.h) shows one of them at
// a time and calls it through Screen. A screen that is not shown keeps all it has. Owns: Screen,
// and Desk, on which a screen leaves what only the program around it can do. Main thread only.
//
// The order of a frame: contexts, take_keys, pass, draw_alone or else draw_menus, draw_bar and
// draw, then finish.
#pragma once
#include <string>
#include <vector>

#include "base/ids.h"
#include "session/session.h"
#include "ui/screens/settings.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

enum class ScreenId : uint8_t { home, lesson, program, sandbox, drive, compare, races, count };

// Shared by all screens. What they ask for is done by the app at the end of the frame.
struct Desk {
  explicit Desk(Settings& kept) : settings(kept) {}

  Settings& settings;         // keys and buttons change them; the owner of the App saves them
  std::string progress_file;  // of what was done in lessons; "": nothing is saved

  // Asked for, and cleared when it is done:
  std::string notice;               // one sentence to be said
  bool offers_undo = false;         // what the notice tells of can be taken back
  std::string open;                 // a program, lesson or file to be shown, by name
  ScreenId show = ScreenId::count;  // count: the same as before
  bool scheduler = false;           // with show == races: somebody is the scheduler there
  ObjectId compare;                 // with show == compare: the queue; 0: the first that can be
  std::string rule;                 // the id of a rule to be read

  // Says a sentence; the last one of a frame is heard.
  void say(const std::string& text) {
    if (!text.empty()) notice = text, offers_undo = false;
  }
};

class RunScreen;

class Screen {
 public:
  explicit Screen(Desk& desk) : desk_(desk) {}
  virtual ~Screen() = default;
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // Adds the contexts whose keys are in force; later ones win.
  virtual void contexts(std::vector<Context>& out) const { (void)out; }
  virtual void take_keys(Ui& ui) { (void)ui; }
  // Wall-clock time passes while it is shown.
  virtual void pass(Ui& ui, double seconds) { (void)ui, (void)seconds; }
  // Draws what stands on the whole window instead of the bar and all else. False: nothing does.
  // Only that may be in magnified letters.
  virtual bool draw_alone(Ui& ui) {
    ui.magnify = 1;
    return false;
  }
  // Its menus at the right end of the top bar, cut off `row`; and what is left of the bar: where
  // one is, and the transport.
  virtual void draw_menus(Ui& ui, Rect& row) { (void)ui, (void)row; }
  virtual void draw_bar(Ui& ui, Rect row) = 0;
  virtual void draw(Ui& ui, const Rect& page) = 0;
  // Everything is drawn: does what was pressed, which may put another run on the stage.
  virtual void finish(Ui& ui) { (void)ui; }
  // Another screen is shown from now on; this one rests.
  virtual void leave() {}

  // The run that it is about; nullptr: none.
  virtual RunScreen* run() { return nullptr; }
  virtual bool playing() const { return false; }

 protected:
  Settings& settings() const { return desk_.settings; }
  Desk& desk_;
};

}  // namespace qs::ui
