// Traces made by hand, and random ones, for the tests of trace and model. The random ones follow
// the rules closely enough to exercise every index; they come from no framework.
#pragma once
#include <string>
#include <vector>

#include "tests/support/seed.h"
#include "trace/events/trace.h"

namespace qs::test {

// Object ids by kind and serial.
inline ObjectId request(uint32_t n) { return {ObjectKind::Request, n}; }
inline ObjectId queue(uint32_t n) { return {ObjectKind::Queue, n}; }
inline ObjectId thread(uint32_t n) { return {ObjectKind::Thread, n}; }
inline ObjectId device() { return {ObjectKind::Device, 1}; }
inline ObjectId app(uint32_t n = 1) { return {ObjectKind::App, n}; }
inline ObjectId channel(uint32_t n = 1) { return {ObjectKind::Channel, n}; }
inline ObjectId target() { return {ObjectKind::IoTarget, 1}; }
inline ObjectId file(uint32_t n = 1) { return {ObjectKind::FileObject, n}; }

struct Story {
  trace::Trace trace;
  uint32_t on = 0;  // thread that writes
  uint8_t irql = 0;
  uint32_t time = 0, line = 0;

  Story& add(trace::EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0,
             uint32_t b = 0, uint32_t c = 0);
  Story& input(std::string text);
  Story& named(trace::EventCode code, ObjectId s, ObjectId o, std::string name);

  // A device D0 with the queue "default" and one application on thread 1 with the handle A.
  Story& set_up(trace::Dispatch dispatch = trace::Dispatch::Sequential, uint32_t limit = 0);
  Story& another_queue(uint32_t n, std::string name, trace::Dispatch dispatch, uint32_t limit = 0);
  Story& start_thread(uint32_t n, trace::ThreadKind kind = trace::ThreadKind::App,
                      ObjectId of = app());
  Story& end_thread(uint32_t n);
  Story& send(uint32_t n, trace::RequestType type = trace::RequestType::Read, uint32_t length = 16);
  Story& arrive(uint32_t n);
  Story& insert(uint32_t n, uint32_t q = 1, bool head = false);
  Story& take(uint32_t n, uint32_t q = 1);    // Remove by dispatch
  Story& charge(uint32_t n, uint32_t q = 1);  // counts by itself
  Story& uncharge(uint32_t n, uint32_t q = 1);
  Story& deliver(uint32_t n, uint32_t q = 1);  // charge, Present, Own, handler entered
  Story& leave_handler(uint32_t n, uint32_t q = 1);
  Story& call(trace::ApiFn fn, ObjectId s, ObjectId o = {});
  Story& ret(trace::ApiFn fn, ObjectId s, ObjectId o = {}, int32_t status = 0);
  Story& complete(uint32_t n, uint32_t q = 1, int32_t status = 0, uint32_t information = 0);
  Story& flags(uint32_t bits, uint32_t slots = 0, uint32_t q = 1);
  Story& at_line(uint32_t n);

  uint32_t owned[16] = {}, waiting[16] = {};
};

// A long random run on `queues` queues with several threads; about `events` events.
trace::Trace random_run(uint64_t seed, size_t events, uint32_t queues = 3);
// Events of any code with any numbers that a trace file may hold: not a possible run.
trace::Trace random_noise(uint64_t seed, size_t events);

}  // namespace qs::test
