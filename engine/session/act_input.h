// Turns acts into inputs of a schedule: where typed values become text. Called by the window's
// menus, keys and panels, on its thread.
#pragma once
#include <string>

#include "sched/schedule.h"
#include "trace/events/acts.h"

namespace qs::session {

// An order about `subject`, named as people see it.
sched::Input order_input(const std::string& subject, const trace::Order& order);
// What an application, the device or the power manager does; not for orders.
sched::Input act_input(trace::Act act, const std::string& subject = {});

}  // namespace qs::session
