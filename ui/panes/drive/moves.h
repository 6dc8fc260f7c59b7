// What a driver may do next, move by move: for a request it has or knows, or for a queue it fetches
// from. Owns: DriveMove and the list of them. Pure; called by the drive panel and tests.
//
// The list follows the move table of the course: complete, forward, keep, mark, unmark, ask, send,
// acknowledge, requeue; legal ones first, then those that a rule forbids, with the rule.
#pragma once
#include <string>
#include <vector>

#include "session/session.h"

namespace qs::ui {

struct DriveMove {
  std::string name;          // "complete", "forward/waiting": for the registry
  std::string label;         // "Complete it with STATUS_SUCCESS"
  std::string call;          // "WdfRequestCompleteWithInformation(R1, STATUS_SUCCESS, 16)"
  bool legal = true;         // else it can be made all the same
  std::string reason;        // why it is forbidden, or what there is to know, with the rule
  session::Command command;  // cmd::Do with `answer`
};

// `subject`: a request or a queue. What there is nothing to call it on is left out.
std::vector<DriveMove> drive_moves(const model::Model& model, const trace::Trace& trace,
                                   ObjectId subject);

// What moves can be made for now: the requests that the driver has, those that it was asked about
// first; then manual queues in which something waits; then what is out at a target.
std::vector<ObjectId> drive_subjects(const model::Model& model);

// The question that the driver stands at: the event just applied is an Ask with a request or a
// queue. 0: none.
ObjectId question_at(const trace::Trace& trace, size_t events);
// The number of applied events at the next such question after `from` (`back`: the last before);
// `to` events at most. SIZE_MAX: none.
size_t next_question(const trace::Trace& trace, size_t from, size_t to);
size_t previous_question(const trace::Trace& trace, size_t from);

}  // namespace qs::ui
