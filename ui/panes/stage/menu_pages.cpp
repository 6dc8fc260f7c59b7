// The pages behind the first one of a context menu: choices for a request and settings of a queue.
#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/stage/menu_parts.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::stage_menu {
namespace {

class Pages : Maker {
 public:
  using Maker::Maker;

  BuiltMenu forward() {
    out_.title = trf("stage_menu.forward_title", trace_.name(object_));
    int number = 0;
    for (const model::ForwardChoice& choice : model::forward_choices(m_, object_)) {
      MenuItem item;
      item.act = trace::Act::Forward;
      item.entry.label = trace_.name(choice.queue);
      if (++number <= 9) item.entry.key = std::to_string(number);
      item.entry.call = trace::fn_name(trace::ApiFn::WdfRequestForwardToIoQueue);
      explain(item.entry, choice.legality, choice.reason, choice.rule, true);
      item.object = choice.queue;
      item.command = forward_command(trace_, object_, choice.queue);
      out_.items.push_back(std::move(item));
    }
    return std::move(out_);
  }

  BuiltMenu complete() {
    const model::RequestView* r = m_.request(object_);
    out_.title = trf("stage_menu.complete_title", trace_.name(object_));
    if (!r) return std::move(out_);
    model::LegalCall ruling;
    for (const model::LegalCall& call : model::legal_calls(m_, object_))
      if (call.act == trace::Act::CompleteWithInformation) ruling = call;
    const auto add_status = [&](const char* status, uint32_t information, const char* key) {
      MenuItem item;
      item.act = trace::Act::CompleteWithInformation;
      item.entry.label = fmt::format("{}, {}", status, trace::bytes_text(information));
      item.entry.call = trace::fn_name(trace::ApiFn::WdfRequestCompleteWithInformation);
      item.entry.key = key;
      explain(item.entry, ruling.legality, ruling.reason, ruling.rule, true);
      trace::Order order;
      order.act = trace::Act::CompleteWithInformation;
      order.status = *trace::status_value(status);
      order.information = information;
      item.command = act(session::order_input(trace_.name(object_), order));
      out_.items.push_back(std::move(item));
    };
    const uint32_t bytes = model::answer_room(*r);
    add_status("STATUS_SUCCESS", bytes, "1");
    if (bytes > 1) add_status("STATUS_SUCCESS", bytes / 2, "2");
    add_status("STATUS_SUCCESS", 0, "3");
    add_status("STATUS_CANCELLED", 0, "4");
    add_status("STATUS_UNSUCCESSFUL", 0, "5");
    add_status("STATUS_INVALID_DEVICE_REQUEST", 0, "6");
    add_status("STATUS_BUFFER_TOO_SMALL", 0, "7");
    add_status("STATUS_IO_TIMEOUT", 0, "8");
    add_status("STATUS_IO_DEVICE_ERROR", 0, "9");
    return std::move(out_);
  }

  BuiltMenu limit() {
    const model::QueueView* q = m_.queue(object_);
    out_.title = trf("stage_menu.limit_title", trace_.name(object_));
    if (!q) return std::move(out_);
    const auto add_limit = [&](uint32_t limit, std::string label, const char* key) {
      MenuItem item;
      item.entry.label = std::move(label);
      item.entry.key = key;
      item.entry.checked = q->limit == limit;  // to choose it again changes nothing
      if (!item.entry.checked)
        item.command = session::cmd::SwitchDispatch{object_, trace::Dispatch::Parallel, limit};
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    add_limit(kNoLimit, tr("stage_menu.no_limit"), "0");
    static constexpr uint32_t limits[] = {1, 2, 3, 4, 6, 8};
    for (const uint32_t n : limits) add_limit(n, std::to_string(n), std::to_string(n).c_str());
    return std::move(out_);
  }

  BuiltMenu setting(bool scope) {
    out_.title =
        trf(scope ? "stage_menu.scope_title" : "stage_menu.level_title", trace_.name(object_));
    const model::QueueView* q = m_.queue(object_);
    const auto add_setting = [&](const char* label, const char* text, bool now, const char* key) {
      MenuItem item;
      item.entry.label = label;
      item.entry.checked = now;
      item.entry.key = key;
      if (!now) item.command = session::cmd::SetOverride{object_, text};
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    if (!q) return std::move(out_);
    if (scope) {
      add_setting(tr("stage_menu.scope_none"), "scope=none",
                  q->scope() == qs::trace::SyncScope::None, "1");
      add_setting(tr("stage_menu.scope_queue"), "scope=queue",
                  q->scope() == qs::trace::SyncScope::Queue, "2");
      add_setting(tr("stage_menu.scope_device"), "scope=device",
                  q->scope() == qs::trace::SyncScope::Device, "3");
    } else {
      const bool passive = (q->config & trace::kConfigPassive) != 0;
      add_setting(tr("stage_menu.level_dispatch"), "exec=dispatch", !passive, "1");
      add_setting(tr("stage_menu.level_passive"), "exec=passive", passive, "2");
    }
    return std::move(out_);
  }
};

}  // namespace

BuiltMenu forward_page(const Subject& subject) { return Pages(subject).forward(); }
BuiltMenu complete_page(const Subject& subject) { return Pages(subject).complete(); }
BuiltMenu limit_page(const Subject& subject) { return Pages(subject).limit(); }
BuiltMenu setting_page(const Subject& subject, bool scope) { return Pages(subject).setting(scope); }

}  // namespace qs::ui::stage_menu
