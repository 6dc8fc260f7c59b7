# What the kit's message compiler makes of a driver's messages. A text file (.mc): one status for
# each message, by its SymbolicName. A manifest (.man) of events: EventRegister<provider>,
# EventUnregister<provider>, EventWrite<event>, which puts the event's name into the trace, and the
# event's descriptor.
# Called by driver_overlay.sh, with -v manifest=1 for the second.
BEGIN {
  print "#include \"ntdef.h\"\n#include \"qs/call.h\"\n#include \"qs/nt_none.h\""
  severities["success"] = 0; severities["informational"] = 1
  severities["warning"] = 2; severities["error"] = 3
  facilities["system"] = 0x0FF; facilities["application"] = 0xFFF
  hex = "0123456789abcdef"
}
function number(s,    i, n) {
  s = tolower(s)
  if (s !~ /^0x/) return s + 0
  for (i = 3; i <= length(s); ++i) n = n * 16 + index(hex, substr(s, i, 1)) - 1
  return n + 0
}
# Name=0x1:SYMBOL Name=... inside the brackets of SeverityNames and FacilityNames.
function names(s, into,    n, words, i, p) {
  gsub(/[()]/, " ", s)
  n = split(s, words, /[ \t]+/)
  for (i = 1; i <= n; ++i) {
    if (split(words[i], p, "=") != 2) continue
    split(p[2], value, ":")
    into[tolower(p[1])] = number(value[1])
    if (value[2] != "") printf "#define %s 0x%X\n", value[2], into[tolower(p[1])]
  }
}
function word(s, key) {
  if (!match(tolower(s), "(^|[ \t])" key "=[^ \t]*")) return ""
  s = substr(s, RSTART, RLENGTH)
  sub(/^[^=]*=/, "", s)
  return s
}
function attribute(s, key) {
  if (!match(s, "[ \t\n]" key "[ \t\n]*=[ \t\n]*\"[^\"]*\"")) return ""
  s = substr(s, RSTART, RLENGTH)
  gsub(/^[^"]*"|"$/, "", s)
  return s
}
{ sub(/\r$/, "") }
manifest { text = text "\n" $0; next }
in_message { if ($0 == ".") in_message = 0; next }
/^;/ { print substr($0, 2); next }
list { listed = listed " " $0; if (/\)/) { finish_list() } next }
function finish_list() {
  sub(/^[^=]*=/, "", listed)
  if (list == "severitynames") names(listed, severities); else names(listed, facilities)
  list = ""
}
tolower($0) ~ /^(severity|facility)names=/ {
  list = tolower($0)
  sub(/=.*/, "", list)
  listed = $0
  if (/\)/) finish_list()
  next
}
{
  if (word($0, "messageid") != "" || tolower($0) ~ /(^|[ \t])messageid=/) {
    id = word($0, "messageid") == "" ? id + 1 : number(word($0, "messageid"))
  }
  if (word($0, "severity") != "") severity = severities[tolower(word($0, "severity"))]
  if (word($0, "facility") != "") facility = facilities[tolower(word($0, "facility"))]
  if (word($0, "symbolicname") != "")
    printf "#define %s ((NTSTATUS)0x%08X)\n", word($0, "symbolicname"),
           severity * 1073741824 + facility * 65536 + id
  if (tolower($0) ~ /^language=/) in_message = 1
}
END {
  if (!manifest) exit
  print "#include \"evntprov.h\"\n#define MCGEN_DISABLE_PROVIDER_CODE_GENERATION 1"
  print "#define MCGEN_USE_KERNEL_MODE_APIS 1"
  print "#define MCGEN_EVENT_ENABLED(event) EventEnabled##event()"
  n = split(text, tags, "<")
  for (i = 1; i <= n; ++i) {
    if (tags[i] ~ /^provider[ \t\n]/) {
      provider = attribute(tags[i], "name")
      gsub(/[^A-Za-z0-9_]/, "_", provider)
      printf "#define EventRegister%s() ((ULONG)0)\n#define EventUnregister%s() ((ULONG)0)\n",
             provider, provider
    } else if (tags[i] ~ /^event[ \t\n]/) {
      event = attribute(tags[i], "symbol")
      if (event == "") continue
      printf "static const EVENT_DESCRIPTOR %s __attribute__((unused)) = {%d, %d};\n", event,
             number(attribute(tags[i], "value")), number(attribute(tags[i], "version"))
      printf "#define EventWrite%s(...) ((void)sizeof(qs_use(0, ##__VA_ARGS__)), " \
             "qs_WppTrace(__FILE__, __LINE__, \"%s\"))\n", event, event
      printf "#define EventEnabled%s() TRUE\n", event
    }
  }
}
