// Random keys, clicks, drags, wheel, text and sizes in every screen: nothing ends the window, and
// it answers afterwards. ./dev soak repeats it with new seeds; ./dev monkey does it to a real
// window.
#include "ui/monkey.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr int kThings = 400;  // a screen

void let_loose(const ScreenOfProduct& screen, std::uint64_t seed) {
  Product p(Backend::null_host);
  Monkey monkey(p, seed);
  show_screen(p, screen);
  std::vector<std::string> done;
  for (int i = 0; i < kThings; ++i) {
    if (p.app.quit) show_screen(p, screen);
    done.push_back(monkey.act());
    p.turns(1);
  }
  p.host->platform->resize(1024, 700);
  p.turns(2);
  std::string last;
  for (size_t k = done.size() - 8; k < done.size(); ++k) last += "\n  " + done[k];
  CHECK_MESSAGE(p.answers(), screen.name << ", the last things done:" << last);
}

}  // namespace

TEST_CASE("monkey: random input in every screen leaves a window that answers") {
  QS_TEST_SEED(seed, 20261130);
  const ScratchFolder scratch;
  for (std::uint64_t i = 0; i < screens_of_product().size(); ++i)
    let_loose(screens_of_product()[i], seed + i);
}
