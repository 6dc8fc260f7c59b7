# What Microsoft's compiler takes and others do not, put right in a preprocessed source, with its
# lines where they were. Called by driver_build.sh when a source does not compile as it is.
#   "in " __FUNCTION__     a string beside the function's name: the name becomes a string, too
#   f(a, )                 a comma that an empty __VA_ARGS__ leaves behind
#   &((PVOID)(p))          the address of a cast: of a pointer, as it is meant
# Reads the text token by token, so that strings stay what they are.
BEGIN { depth = 0; round = 0; name = ""; candidate = ""; held = "" }

function flush_comma() { if (held != "") { printf "%s", held; held = "" } }
function is_word(c) { return c ~ /[A-Za-z0-9_$]/ }

/^#/ { flush_comma(); print; next }
{
  s = $0
  while (s != "") {
    c = substr(s, 1, 1)
    if (c == "\"" || c == "'") {
      for (n = 2; n <= length(s); ++n) {
        d = substr(s, n, 1)
        if (d == "\\") ++n
        else if (d == c) break
      }
      token = substr(s, 1, n)
      s = substr(s, n + 1)
      flush_comma()
      if (token == "\"C\"" && last == "extern") linkage = 1
      last = token
      printf "%s", token
      continue
    }
    if (is_word(c)) {
      match(s, /^[A-Za-z0-9_$]+/)
      token = substr(s, 1, RLENGTH)
      s = substr(s, RLENGTH + 1)
      flush_comma()
      if (token == "__FUNCTION__" && depth > 0) {
        beside = substr(last, 1, 1) == "\"" || s ~ /^[ \t]*"/
        if (beside) token = "\"" name "\""
      }
      before_round = token
      last = token
      printf "%s", token
      continue
    }
    if (c == " " || c == "\t") {
      match(s, /^[ \t]+/)
      if (held != "") held = held substr(s, 1, RLENGTH); else printf "%s", substr(s, 1, RLENGTH)
      s = substr(s, RLENGTH + 1)
      continue
    }
    if (c == "&" && match(s, /^&[ \t]*\([ \t]*\([ \t]*P?VOID[ \t]*\**[ \t]*\)[ \t]*\(?[A-Za-z_][A-Za-z0-9_>.-]*\)?[ \t]*\)/)) {
      token = substr(s, 1, RLENGTH)
      rest = substr(s, RLENGTH + 1)
      type = token
      sub(/^&[ \t]*\([ \t]*\([ \t]*/, "", type)
      what = type
      sub(/[ \t]*\).*/, "", type)
      sub(/^[^)]*\)/, "", what)
      sub(/[ \t]*\)$/, "", what)
      flush_comma()
      printf "(%s*)&%s", type, what
      last = ")"
      s = rest
      continue
    }
    s = substr(s, 2)
    if (c == ")" && held != "") { sub(/,/, "", held); printf "%s", held; held = "" }
    flush_comma()
    if (c == "," && round > 0) { held = ","; last = c; continue }
    if (c == "(") {
      if (depth == 0 && round == 0 && before_round !~ /^(__attribute__|__declspec|__asm__|_Static_assert)$/ && candidate == "")
        candidate = before_round
      ++round
    } else if (c == ")") {
      --round
    } else if (c == "{") {
      if (linkage) { linkage = 0; ++outer }
      else if (++depth == 1) name = candidate
    } else if (c == "}") {
      if (depth > 0) --depth; else if (outer > 0) --outer
      if (depth == 0) candidate = ""
    } else if (c == ";" && depth == 0) {
      candidate = ""
      linkage = 0
    }
    before_round = c == "(" || c == ")" ? before_round : ""
    last = c
    printf "%s", c
  }
  if (held != "") held = held "\n"; else printf "\n"
}
END { flush_comma() }
