// queuescope as a page: everything is in ui/app.
#include "ui/app/page_web.h"

int main(int argc, char** argv) { return qs::ui::run_page(argc, argv); }
