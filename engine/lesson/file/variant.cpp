#include "lesson/file/variant.h"

#include <map>

#include <fmt/format.h>

#include "base/toml.h"

namespace qs::lesson {
namespace {

uint64_t fnv(std::string_view text, uint64_t hash = 0xcbf29ce484222325u) {
  for (char c : text) hash = (hash ^ uint8_t(c)) * 0x100000001b3u;
  return hash;
}

// The low bits of FNV are poor where the number is taken modulo a few rows.
uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

using Row = std::map<std::string, std::string, std::less<>>;

class VariantReader {
 public:
  VariantReader(std::string_view text, std::string_view lesson, std::string_view file,
                const Variant& variant)
      : lesson_(lesson), file_(file), variant_(variant) {
    out_.text = text;
  }

  Result<VariantText> read(const toml::table& root) {
    const toml::node* node = root.get("vary");
    if (!node) return std::move(out_);
    const toml::array* lists = node->as_array();
    if (!lists) return fail(*node, "vary: write [[vary]] before each list of rows");
    for (const toml::node& item : *lists) {
      const toml::table* table = item.as_table();
      const toml::array* rows = table ? (*table)["rows"].as_array() : nullptr;
      if (!rows || rows->size() < 2 || table->size() != 1)
        return fail(item, "vary: expected rows = [{ name = \"value\" }, ...], two or more");
      if (auto put = choose(*rows); !put) return put.error();
    }
    return std::move(out_);
  }

 private:
  Error fail(const toml::node& node, std::string message) const {
    return Error{std::string(file_), int(node.source().begin.line), std::move(message)};
  }

  Result<Row> row_of(const toml::node& node) const {
    Row row;
    const toml::table* table = node.as_table();
    if (!table || table->empty()) return fail(node, "vary: expected { name = \"value\" }");
    for (auto&& [key, value] : *table) {
      auto text = value.value_exact<std::string>();
      if (!text) return fail(value, fmt::format("vary: {}: expected a text in quotes", key.str()));
      row[std::string(key.str())] = *text;
    }
    return row;
  }

  Result<bool> choose(const toml::array& rows) {
    const size_t place = out_.rows.size();
    const size_t taken = place < variant_.rows.size() ? variant_.rows[place] % rows.size()
                         : variant_.id.empty()
                             ? 0
                             : variant_number(variant_.id, lesson_, place) % rows.size();
    auto first = row_of(rows[0]);
    if (!first) return first.error();
    Row chosen;
    for (size_t i = 0; i < rows.size(); ++i) {
      auto row = row_of(rows[i]);
      if (!row) return row.error();
      if (!std::equal(row->begin(), row->end(), first->begin(), first->end(),
                      [](const auto& a, const auto& b) { return a.first == b.first; }))
        return fail(rows[i], "vary: each row of a list has the same names");
      if (i == taken) chosen = std::move(*row);
    }
    for (const auto& [name, value] : chosen)
      if (!put("{" + name + "}", value))
        return fail(rows[0], fmt::format("vary: {{{}}} stands nowhere in the lesson", name));
    out_.rows.push_back(rows.size());
    out_.taken.push_back(taken);
    return true;
  }

  bool put(const std::string& mark, const std::string& value) {
    bool found = false;
    for (size_t at = 0; (at = out_.text.find(mark, at)) != std::string::npos; at += value.size()) {
      out_.text.replace(at, mark.size(), value);
      found = true;
    }
    return found;
  }

  std::string_view lesson_, file_;
  const Variant& variant_;
  VariantText out_;
};

}  // namespace

uint64_t variant_number(std::string_view id, std::string_view lesson, size_t place) {
  return mixed(fnv(fmt::format("{}/{}/{}", id, lesson, place)));
}

std::string text_hash(std::string_view text) { return fmt::format("{:016x}", fnv(text)); }

Result<VariantText> vary(std::string_view text, std::string_view lesson, std::string_view file,
                         const Variant& variant) {
  if (text.find("vary") == text.npos) return VariantText{std::string(text), {}, {}};
  auto root = parse_toml(text, file);
  if (!root) return root.error();
  return VariantReader(text, lesson, file, variant).read(*root);
}

}  // namespace qs::lesson
