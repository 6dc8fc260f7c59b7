#include "ui/panes/sandbox/graph_edit.h"

namespace qs::ui {

void add_queue(run::QueueGraph& graph) {
  run::QueueSetup q;
  q.is_default = true;
  for (const run::QueueSetup& other : graph.queues)
    q.is_default = q.is_default && !other.is_default;
  q.handlers = run::kAllHandlers & ~setup_bit(run::SetupHandler::Default);
  q.name = q.is_default && !graph.find("default") ? "default" : "";
  for (int n = int(graph.queues.size()) + 1; q.name.empty(); ++n)
    if (const std::string name = "q" + std::to_string(n); !graph.find(name)) q.name = name;
  graph.queues.push_back(std::move(q));
}

}  // namespace qs::ui
