// The app as a page of a browser. Called by ui/main_web.cpp.
#pragma once

namespace qs::ui {

// What main() is called with: the page's address, and what follows its '#' (page.js). Returns at
// once: the browser asks for frames from then on.
int run_page(int argc, char** argv);

}  // namespace qs::ui
