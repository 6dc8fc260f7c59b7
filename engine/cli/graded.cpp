#include "cli/graded.h"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "lesson/tutor/judge.h"

namespace qs::cli {

std::string Graded::reasons() const {
  std::string out = error;
  for (const std::string& more : {passed() ? std::string() : grade.reasons(), grade.note})
    if (!more.empty()) out += (out.empty() ? "" : "; ") + more;
  return out;
}

std::string Graded::time() const {
  return seconds == 0 ? "" : fmt::format("{} min", (seconds + 59) / 60);
}

std::string packed(const Graded& g) {
  const nlohmann::json all = {g.student,       g.lesson,          g.variant,      g.date,
                              g.program,       g.error,           g.seconds,      g.mark,
                              g.own,           g.grade.questions, g.grade.right,  g.grade.goals,
                              g.grade.reached, g.grade.remarks,   g.grade.missed, g.grade.note};
  std::string out;
  nlohmann::json::to_msgpack(all, out);  // texts as they are, whatever is in them
  return out;
}

bool unpack(const std::string& bytes, Graded& g) {
  try {
    const nlohmann::json all = nlohmann::json::from_msgpack(bytes);
    size_t at = 0;
    for (std::string* text : {&g.student, &g.lesson, &g.variant, &g.date, &g.program, &g.error})
      all.at(at++).get_to(*text);
    all.at(at++).get_to(g.seconds);
    all.at(at++).get_to(g.mark);
    all.at(at++).get_to(g.own);
    for (int* number : {&g.grade.questions, &g.grade.right, &g.grade.goals, &g.grade.reached})
      all.at(at++).get_to(*number);
    all.at(at++).get_to(g.grade.remarks);
    all.at(at++).get_to(g.grade.missed);
    all.at(at++).get_to(g.grade.note);
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

std::vector<std::string> own_of(const lesson::Lesson& l, const lesson::Receipt& receipt) {
  std::vector<std::string> own;
  lesson::Judge judge(l);
  for (const lesson::ReceiptBeat& b : receipt.beats) {
    if (b.beat >= l.beats.size()) continue;
    const lesson::Beat& beat = l.beats[b.beat];
    if (b.answer >= 0 && beat.mode == lesson::BeatMode::Predict &&
        b.answer != judge.right_option(beat))
      own.push_back(fmt::format("{}={}", b.beat, b.answer));
    // Choosing a card leaves no trace of its own: all who are right choose the same.
    if (b.schedule.find('@') != std::string::npos || !b.source.empty())
      own.push_back(fmt::format("{}:{} {} {}", b.beat, b.run, b.schedule, b.source));
  }
  std::sort(own.begin(), own.end());
  return own;
}

namespace {

constexpr size_t kLeast = 2;      // with less, two students are alike by accident
constexpr double kNearly = 0.75;  // of all that either of them has

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

}  // namespace

std::string Alike::sentence(const std::vector<Graded>& all) const {
  std::vector<std::string> names;
  for (size_t i : receipts)
    names.push_back(all[i].student.empty() ? all[i].file
                                           : fmt::format("{} ({})", all[i].student, all[i].file));
  const std::string what =
      same == of ? fmt::format("the same {} wrong answers and inputs", of)
                 : fmt::format("{} of {} wrong answers and inputs the same", same, of);
  return fmt::format("{}: {} have {}.", all[receipts.front()].lesson, list_of(names), what);
}

std::vector<Alike> alike(const std::vector<Graded>& all) {
  std::vector<Alike> out;
  using Key = std::tuple<std::string, std::string, std::vector<std::string>>;
  std::map<Key, std::vector<size_t>> groups;  // those that are equal
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].own.size() >= kLeast)
      groups[{all[i].lesson, all[i].variant, all[i].own}].push_back(i);
  for (const auto& [key, members] : groups)
    if (members.size() > 1)
      out.push_back({members, std::get<2>(key).size(), std::get<2>(key).size()});
  for (auto a = groups.begin(); a != groups.end(); ++a)
    for (auto b = std::next(a); b != groups.end(); ++b) {
      const auto& [lesson, variant, own] = a->first;
      const auto& [lesson_b, variant_b, own_b] = b->first;
      if (lesson != lesson_b || variant != variant_b) continue;
      std::vector<std::string> both;
      std::set_intersection(own.begin(), own.end(), own_b.begin(), own_b.end(),
                            std::back_inserter(both));
      const size_t whole = own.size() + own_b.size() - both.size();
      if (both.size() >= kLeast && double(both.size()) >= kNearly * double(whole)) {
        std::vector<size_t> members = a->second;
        members.insert(members.end(), b->second.begin(), b->second.end());
        out.push_back({std::move(members), both.size(), whole});
      }
    }
  return out;
}

}  // namespace qs::cli
