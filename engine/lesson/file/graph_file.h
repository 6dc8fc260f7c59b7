// Queue graphs in TOML: the tables [device] and [[queue]] of programs, presets and set-up files.
// Owns: read_graph, print_graph. Called by program_file and session/setup_file; any thread.
//
//   [device]
//   filter = true               # WdfFdoInitSetFilter
//   caller_context = true       # EvtIoInCallerContext
//   scope = "device"            # inherit, none, device
//   level = "passive"           # inherit, dispatch, passive
//
//   [[queue]]                   # in order of creation
//   name = "writes"
//   default = true
//   dispatch = "par"            # seq, par, man
//   limit = 2                   # NumberOfPresentedRequests
//   handlers = ["write", "stop"]  # read, write, control, internal, default, stop, resume, canceled
//   routes = ["write"]          # create, read, write, control, internal
//   zero_length = true
//   scope = "queue"             # inherit, none, queue, device
//   level = "passive"           # inherit, dispatch, passive
//   power = "off"               # default, on, off
#pragma once
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "base/result.h"
#include "run/queue_graph.h"

namespace qs::lesson {

// `key`: "device" or "queue"; the error has file and line, names the key and says what is allowed.
Result<bool> read_graph(run::QueueGraph& graph, std::string_view key, const toml::node& node,
                        std::string_view file);
std::string print_graph(const run::QueueGraph& graph);

}  // namespace qs::lesson
