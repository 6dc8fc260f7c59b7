// Turns acts into inputs of a schedule: where typed values become text. Called by the window's
// menus, keys and panels, on its thread.
#pragma once
#include <string>

#include "sched/schedule.h"
#include "trace/events/acts.h"

namespace qs {

// An order about `subject`, named as people see it.
Input order_input(const std::string& subject, const Order& order);
// What an application, the device or the power manager does; not for orders.
Input act_input(Act act, const std::string& subject = {});

}  // namespace qs
