#include "model/model.h"

#include "model/find.h"

namespace qs::model {

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

template <class Each>
void each_shared_list(const Model& m, Each each) {
  each(m.requests);
  for (const auto& q : m.queues) each(q.waiting), each(q.owned);
  for (const auto& t : m.targets) each(t.sent), each(t.pended);
}

}  // namespace

size_t copy_bytes(const Model& m) {
  size_t total = sizeof(Model) + bytes(m.done) + bytes(m.queues) + bytes(m.threads) +
                 bytes(m.locks) + bytes(m.devices) + bytes(m.channels) + bytes(m.targets) +
                 bytes(m.timers) + bytes(m.apps) + bytes(m.files) + bytes(m.posted) +
                 bytes(m.verdicts) + bytes(m.hints) + bytes(m.options);
  for (const auto& t : m.threads) total += bytes(t.stack);
  each_shared_list(m, [&](const auto& list) { total += list.copy_bytes(); });
  return total;
}

size_t memory_bytes(const Model& m, std::unordered_set<const void*>& counted) {
  size_t total = copy_bytes(m);
  each_shared_list(m, [&](const auto& list) {
    list.pieces([&](const void* piece, size_t size) {
      if (counted.insert(piece).second) total += size;
    });
  });
  return total;
}

}  // namespace qs::model
