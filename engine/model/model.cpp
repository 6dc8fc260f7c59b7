#include "model/model.h"

#include "model/find.h"

namespace qs {

const RequestView* Model::request(ObjectId id) const { return find_in(requests, id); }
const QueueView* Model::queue(ObjectId id) const { return find_in(queues, id); }
const ThreadView* Model::thread(ObjectId id) const { return find_in(threads, id); }
const DeviceView* Model::device(ObjectId id) const { return find_in(devices, id); }
const ChannelView* Model::channel(ObjectId id) const { return find_in(channels, id); }
const TargetView* Model::target(ObjectId id) const { return find_in(targets, id); }
const FileView* Model::file(ObjectId id) const { return find_in(files, id); }
const LockView* Model::lock(ObjectId id) const { return find_in(locks, id); }
const AppView* Model::app(ObjectId id) const { return find_in(apps, id); }
const TimerView* Model::timer(ObjectId id) const { return find_in(timers, id); }

namespace {
template <class T>
size_t bytes(const std::vector<T>& v) {
  return v.size() * sizeof(T);
}
}  // namespace

size_t memory_bytes(const Model& m) {
  size_t total = sizeof(Model) + bytes(m.requests) + bytes(m.done) + bytes(m.queues) +
                 bytes(m.threads) + bytes(m.locks) + bytes(m.devices) + bytes(m.channels) +
                 bytes(m.targets) + bytes(m.timers) + bytes(m.apps) + bytes(m.files) +
                 bytes(m.posted) + bytes(m.verdicts) + bytes(m.options);
  for (const auto& q : m.queues) total += bytes(q.waiting) + bytes(q.owned);
  for (const auto& t : m.threads) total += bytes(t.stack);
  for (const auto& t : m.targets) total += bytes(t.sent) + bytes(t.pended);
  return total;
}

}  // namespace qs
