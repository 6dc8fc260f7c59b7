#include "own/object.h"

#include <elfutils/libdw.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "kmdf/core/line_table.h"

namespace qs::own {
namespace {

constexpr std::string_view kHook = "__sanitizer_cov_trace_pc";
constexpr std::string_view kHollow = "qs_none_";

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfFile = std::unique_ptr<Elf, EndElf>;

struct Symbol {
  std::string name;
  uint64_t at = 0, size = 0;
  unsigned section = 0;
  bool function = false, global = false;
};

// All that is asked of a file, read once.
struct Object {
  std::vector<Symbol> symbols;
  struct Relocation {
    uint64_t at;
    unsigned section;  // that it is in
    size_t symbol;
  };
  std::vector<Relocation> calls;  // in sections of code
};

void read_symbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, Object& out) {
  Elf_Data* data = elf_getdata(section, nullptr);
  if (!data || header.sh_entsize == 0) return;
  const size_t count = header.sh_size / header.sh_entsize;
  for (size_t i = 0; i < count; ++i) {
    GElf_Sym s;
    Symbol symbol;
    if (gelf_getsym(data, int(i), &s)) {
      if (const char* name = elf_strptr(elf, header.sh_link, s.st_name)) symbol.name = name;
      symbol.at = s.st_value, symbol.size = s.st_size, symbol.section = s.st_shndx;
      symbol.global = GELF_ST_BIND(s.st_info) != STB_LOCAL;
      symbol.function = GELF_ST_TYPE(s.st_info) == STT_FUNC;
    }
    out.symbols.push_back(std::move(symbol));
  }
}

void read_relocations(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, Object& out) {
  GElf_Shdr about;
  Elf_Scn* target = elf_getscn(elf, header.sh_info);
  if (!target || !gelf_getshdr(target, &about) || !(about.sh_flags & SHF_EXECINSTR)) return;
  Elf_Data* data = elf_getdata(section, nullptr);
  if (!data || header.sh_entsize == 0) return;
  for (size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
    GElf_Rela r;
    if (gelf_getrela(data, int(i), &r))
      out.calls.push_back({r.r_offset, unsigned(header.sh_info), GELF_R_SYM(r.r_info)});
  }
}

Result<Object> read_object(Elf* elf) {
  if (!elf || elf_kind(elf) != ELF_K_ELF) return Error{"", 0, "it is no ELF file"};
  Object out;
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(elf, section)) != nullptr) {
    GElf_Shdr header;
    if (!gelf_getshdr(section, &header)) continue;
    if (header.sh_type == SHT_SYMTAB) read_symbols(elf, section, header, out);
    if (header.sh_type == SHT_RELA && !(header.sh_flags & SHF_ALLOC))
      read_relocations(elf, section, header, out);
  }
  return out;
}

ElfFile open_elf(int fd) {
  static const bool ready = elf_version(EV_CURRENT) != EV_NONE;
  return ElfFile(ready ? elf_begin(fd, ELF_C_READ_MMAP, nullptr) : nullptr);
}

// A function of the kit's headers that does nothing but say so. (Some do nothing because nothing
// would be seen of it: those say that it is noted.)
bool is_hollow(const Object& object, const Symbol& function) {
  if (!function.function || !std::string_view(function.name).starts_with(kHollow)) return false;
  for (const Object::Relocation& call : object.calls)
    if (call.section == function.section && call.at >= function.at &&
        call.at < function.at + function.size && call.symbol < object.symbols.size() &&
        object.symbols[call.symbol].name == "qs_not_simulated")
      return true;
  return false;
}

}  // namespace

Result<ObjectNames> names_of(int fd) {
  const ElfFile elf = open_elf(fd);
  auto object = read_object(elf.get());
  if (!object) return object.error();
  ObjectNames out;
  for (const Symbol& symbol : object->symbols) {
    if (symbol.name.empty()) continue;
    if (symbol.section == SHN_UNDEF) out.undefined.push_back(symbol.name);
    if (symbol.section != SHN_UNDEF && symbol.global) out.defined.push_back(symbol.name);
    out.entry = out.entry || (symbol.global && symbol.function && symbol.name == "DriverEntry");
    if (is_hollow(*object, symbol)) out.hollow.push_back(symbol.name.substr(kHollow.size()));
  }
  for (auto* names : {&out.undefined, &out.hollow}) {
    std::sort(names->begin(), names->end());
    names->erase(std::unique(names->begin(), names->end()), names->end());
  }
  return out;
}

// --- lines ---

namespace {

struct Function {
  uint64_t from, to;
  bool covered = false;
};
struct DwarfRow {
  uint64_t at;
  std::string file;
  uint32_t line;
};

std::vector<DwarfRow> dwarf_rows(Dwarf* dwarf) {
  std::vector<DwarfRow> out;
  size_t header = 0;
  for (Dwarf_Off at = 0, next;
       dwarf_nextcu(dwarf, at, &next, &header, nullptr, nullptr, nullptr) == 0; at = next) {
    Dwarf_Die unit;
    Dwarf_Lines* lines = nullptr;
    size_t count = 0;
    if (!dwarf_offdie(dwarf, at + header, &unit)) continue;
    if (dwarf_getsrclines(&unit, &lines, &count) != 0) continue;
    for (size_t i = 0; i < count; ++i) {
      Dwarf_Line* row = dwarf_onesrcline(lines, i);
      Dwarf_Addr address = 0;
      int line = 0;
      bool statement = false, end = false;
      if (!row || dwarf_lineaddr(row, &address) != 0 || dwarf_lineno(row, &line) != 0) continue;
      dwarf_linebeginstatement(row, &statement);
      dwarf_lineendsequence(row, &end);
      const char* file = dwarf_linesrc(row, nullptr, nullptr);
      if (statement && !end && line > 0 && file) out.push_back({address, file, uint32_t(line)});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const DwarfRow& a, const DwarfRow& b) { return a.at < b.at; });
  return out;
}

std::vector<Function> functions_of(const Object& object, const std::vector<uint64_t>& blocks) {
  std::vector<Function> out;
  for (const Symbol& s : object.symbols)
    if (s.function && s.section != SHN_UNDEF && s.size > 0) out.push_back({s.at, s.at + s.size});
  std::sort(out.begin(), out.end(),
            [](const Function& a, const Function& b) { return a.from < b.from; });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Function& a, const Function& b) { return a.from == b.from; }),
            out.end());
  for (Function& f : out) {
    const auto block = std::upper_bound(blocks.begin(), blocks.end(), f.from);
    f.covered = block != blocks.end() && *block <= f.to;
  }
  return out;
}

// One row for each change of line, in functions with coverage: the others are the kit headers' own.
void keep_rows(const std::vector<DwarfRow>& rows, const std::vector<Function>& functions,
               uint64_t origin, ObjectLines& out) {
  std::map<std::string, uint32_t> numbers;
  size_t f = 0;
  const DwarfRow* last = nullptr;
  for (const DwarfRow& row : rows) {
    while (f < functions.size() && functions[f].to <= row.at) ++f, last = nullptr;
    if (f == functions.size()) break;
    if (row.at < functions[f].from || !functions[f].covered) continue;
    if (last && last->line == row.line && last->file == row.file) continue;
    last = &row;
    const auto [known, added] = numbers.emplace(row.file, uint32_t(out.files.size()));
    if (added) out.files.push_back(row.file);
    out.rows.push_back({int64_t(row.at - origin), known->second, row.line});
  }
}

}  // namespace

Result<ObjectLines> lines_of(int fd) {
  const ElfFile elf = open_elf(fd);
  auto object = read_object(elf.get());
  if (!object) return object.error();
  const auto entry = std::find_if(object->symbols.begin(), object->symbols.end(),
                                  [](const Symbol& s) { return s.name == "DriverEntry"; });
  if (entry == object->symbols.end()) return Error{"", 0, "it has no DriverEntry"};
  std::vector<uint64_t> blocks;
  // The call's last bytes are the relocated distance: the return address is 4 after it. Where calls
  // are relocated as a whole, it is 4 after that as well.
  for (const Object::Relocation& call : object->calls)
    if (call.symbol < object->symbols.size() && object->symbols[call.symbol].name == kHook)
      blocks.push_back(call.at + 4);
  std::sort(blocks.begin(), blocks.end());
  const std::vector<Function> functions = functions_of(*object, blocks);

  ObjectLines out;
  const std::unique_ptr<Dwarf, int (*)(Dwarf*)> dwarf(
      dwarf_begin_elf(elf.get(), DWARF_C_READ, nullptr), dwarf_end);
  if (dwarf) keep_rows(dwarf_rows(dwarf.get()), functions, entry->at, out);
  for (const uint64_t block : blocks) out.blocks.push_back(int64_t(block - entry->at));
  for (const Function& f : functions) out.ends.push_back(int64_t(f.to - entry->at));
  std::sort(out.ends.begin(), out.ends.end());
  return out;
}

void use_lines(const ObjectLines& lines, const void* entry) {
  std::vector<const char*> files;
  for (const std::string& file : lines.files) files.push_back(file.c_str());
  files.push_back(nullptr);
  std::vector<kmdf::DriverLines::Row> rows;
  for (const ObjectLines::Row& row : lines.rows) rows.push_back({row.offset, row.file, row.line});
  kmdf::add_driver_lines({entry, files.data(), rows.data(), uint32_t(rows.size()),
                          lines.blocks.data(), uint32_t(lines.blocks.size()), lines.ends.data(),
                          uint32_t(lines.ends.size())});
}

}  // namespace qs::own
