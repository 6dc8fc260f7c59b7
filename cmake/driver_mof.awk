# A driver's WMI classes (.mof) as the header that the kit's tools make of them: for each class its
# GUID (Name_GUID and NameGuid), a structure of the members that have a WmiDataId, in that order,
# with Name_Member_SIZE and Name_Member_ID, and Name_SIZE; for methods their numbers and the
# structures of what goes in and out. From a member of any length on there is VariableData alone, and
# no Name_SIZE. Called by driver_overlay.sh.
BEGIN {
  types["boolean"] = "BOOLEAN"; types["datetime"] = "WCHAR"; types["string"] = "WCHAR"
  split("uint8 UCHAR sint8 CHAR uint16 USHORT sint16 SHORT uint32 ULONG sint32 LONG " \
        "uint64 ULONGLONG sint64 LONGLONG", list, " ")
  for (i = 1; i in list; i += 2) types[list[i]] = list[i + 1]
  print "#ifndef DEFINE_GUID\n#include \"guiddef.h\"\n#endif"
}
{ sub(/\r$/, ""); text = text "\n" $0 }

function c_type(name,    plain) {
  plain = name
  sub(/^object:/, "", plain)
  if (tolower(plain) in types) return types[tolower(plain)]
  return plain in headers ? headers[plain] : plain
}
# "sint32 X[4]" -> member_type, member_name, member_count ("" or "4"; "1" for what has any length).
function read_member(s,    words) {
  gsub(/^[ \t\n]+|[ \t\n]+$/, "", s)
  gsub(/[ \t\n]+\[/, "[", s)
  split(s, words, /[ \t\n]+/)
  member_type = words[1]; member_name = words[2]
  member_count = tolower(member_type) == "datetime" ? "25" : ""
  member_varies = tolower(member_type) == "string"
  if (match(member_name, /\[.*\]/)) {
    member_count = substr(member_name, RSTART + 1, RLENGTH - 2)
    if (member_count == "") member_varies = member_count = "1"
    member_name = substr(member_name, 1, RSTART - 1)
  }
}
function field(owner, id,    count) {
  count = member_count == "" ? "" : "[" member_count "]"
  printf "    %s %s%s;\n", c_type(member_type), member_name, count
  printf "#define %s_%s_SIZE sizeof(%s%s)\n", owner, member_name, c_type(member_type), count
  printf "#define %s_%s_ID %s\n", owner, member_name, id
}
function close_struct(owner, last) {
  printf "} %s, *P%s;\n", owner, owner
  printf "#define %s_SIZE (FIELD_OFFSET(%s, %s) + %s_%s_SIZE)\n\n", owner, owner, last, owner, last
}
function parameters(method, list, way,    n, parts, i, last, s) {
  n = split(list, parts, /,[ \t\n]*\[/)
  last = ""
  for (i = 1; i <= n; ++i) {
    s = parts[i]
    if (tolower(substr(s, 1, index(s, "]"))) !~ way) continue
    sub(/^[^\]]*\]/, "", s)
    read_member(s)
    if (last == "") printf "typedef struct _%s_%s {\n", method, toupper(way)
    if (member_varies) {
      printf "    CHAR VariableData[1];\n} %s_%s, *P%s_%s;\n\n", method, toupper(way), method, toupper(way)
      return
    }
    field(method "_" toupper(way), i)
    last = member_name
  }
  if (last != "") close_struct(method "_" toupper(way), last)
}
# Brackets and quoted text of qualifiers: their end, from a "[" on.
function end_of_qualifiers(s, at,    c, quoted, depth) {
  for (; at <= length(s); ++at) {
    c = substr(s, at, 1)
    if (quoted) { if (c == "\\") ++at; else if (c == "\"") quoted = 0 }
    else if (c == "\"") quoted = 1
    else if (c == "[") ++depth
    else if (c == "]" && --depth == 0) return at
  }
  return at
}
function value_of(qualifiers, key) {
  if (!match(tolower(qualifiers), key "[ \t\n]*\\([ \t\n]*\"?[^)\"]*")) return ""
  s = substr(qualifiers, RSTART, RLENGTH)
  sub(/^[^(]*\([ \t\n]*"?/, "", s)
  gsub(/[ \t\n{}]/, "", s)
  return s
}
function guid(name, text,    p, tail) {
  split(text, p, "-")
  if (length(p[5]) != 12) return
  tail = p[4] p[5]
  gsub(/../, ", 0x&", tail)
  printf "#define %sGuid {0x%s, 0x%s, 0x%s, {%s}}\n", name, p[1], p[2], p[3], substr(tail, 3)
  printf "DEFINE_GUID(%s_GUID, 0x%s, 0x%s, 0x%s%s);\n", name, p[1], p[2], p[3], tail
}
function class(name, qualifiers, body,    at, end, q, id, s, i, most, last, found, method) {
  if (value_of(qualifiers, "headername") != "") {
    headers[name] = value_of(qualifiers, "headername")
    name = headers[name]
  }
  guid(name, value_of(qualifiers, "guid"))
  most = 0
  while (match(body, /[^ \t\n]/)) {
    body = substr(body, RSTART)
    q = ""
    if (substr(body, 1, 1) == "[") {
      end = end_of_qualifiers(body, 1)
      q = substr(body, 1, end)
      body = substr(body, end + 1)
    }
    at = index(body, ";")
    if (!at) break
    s = substr(body, 1, at - 1)
    body = substr(body, at + 1)
    if (value_of(q, "wmidataid") != "") {
      id = value_of(q, "wmidataid") + 0
      member[id] = s
      if (id > most) most = id
    } else if (value_of(q, "wmimethodid") != "") {
      method = s
      sub(/\(.*/, "", method)
      sub(/.*[ \t\n]/, "", method)
      printf "#define %s %s\n", method, value_of(q, "wmimethodid")
      sub(/^[^(]*\(/, "", s)
      sub(/\)[^)]*$/, "", s)
      parameters(method, s, "in")
      parameters(method, s, "out")
    }
  }
  last = ""
  for (i = 1; i <= most; ++i) {
    if (!(i in member)) continue
    if (last == "") printf "typedef struct _%s {\n", name
    read_member(member[i])
    if (member_varies) {
      printf "    CHAR VariableData[1];\n} %s, *P%s;\n\n", name, name
      last = ""
      break
    }
    field(name, i)
    last = member_name
  }
  if (last != "") close_struct(name, last)
  for (i in member) delete member[i]
}
END {
  gsub(/\/\/[^\n]*/, "", text)
  while (at = index(text, "/*")) {
    end = index(substr(text, at), "*/")
    text = substr(text, 1, at - 1) (end ? substr(text, at + end + 1) : "")
  }
  while (match(text, /[^ \t\n;]/)) {
    text = substr(text, RSTART)
    if (substr(text, 1, 1) == "#") { sub(/^[^\n]*/, "", text); continue }
    qualifiers = ""
    if (substr(text, 1, 1) == "[") {
      end = end_of_qualifiers(text, 1)
      qualifiers = substr(text, 1, end)
      text = substr(text, end + 1)
    }
    if (!match(text, /^[ \t\n]*class[ \t\n]+[A-Za-z_0-9]+/)) { sub(/^[ \t\n]*[^;]*/, "", text); continue }
    name = substr(text, RSTART, RLENGTH)
    sub(/.*[ \t\n]/, "", name)
    end = index(text, "};")
    if (!end) break
    class(name, qualifiers, substr(text, index(text, "{") + 1, end - index(text, "{") - 1))
    text = substr(text, end + 2)
  }
}
