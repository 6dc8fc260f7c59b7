// What must hold in every reachable state (rules I), as far as it is about the order of events:
// asked of the trace; and whether the live objects are what the trace says. What a look at one
// state can tell the engine itself looks at (kmdf/core/validate.h). Owns: Invariants. Given to
// conform::play_watched(); called before every decision and whenever nothing can move.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "conform/scenario.h"
#include "model/model.h"
#include "run/world.h"

namespace qs::test {

class Invariants final : public conform::Watcher {
 public:
  void at_decision(run::World& world) override;
  void at_rest(run::World& world) override;

  // Rule and what is wrong, the first few of them; empty when all held.
  const std::vector<std::string>& broken() const { return broken_; }
  size_t decisions() const { return decisions_; }
  size_t events() const { return at_; }

 private:
  struct Mark {  // the newest mark of a request
    bool open = false, unmarked = false, refused = false;
  };
  struct Stay {  // of a request in a queue, since it was last inserted
    bool told = false;
  };

  void fail(const char* rule, const std::string& what);
  void fold(run::World& world);
  void before(const trace::Event& e);
  void before_remove(const trace::Event& e);
  void on_callback(const trace::Event& e);
  void on_power(const trace::Event& e);
  void compare(run::World& world);
  std::string name(ObjectId id) const;

  trace::Trace* trace_ = nullptr;
  model::Model model_;
  size_t at_ = 0, decisions_ = 0;
  std::map<ObjectId, Mark> marks_;
  std::map<ObjectId, Stay> stays_;
  std::map<ObjectId, int> completed_;
  std::set<ObjectId> asked_, resumed_;
  std::set<ObjectId> ready_;  // queues that are said to be ready with nothing in them (I-18)
  std::vector<std::string> broken_;
};

}  // namespace qs::test
