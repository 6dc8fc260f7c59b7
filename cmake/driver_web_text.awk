# A driver's preprocessed source with its wide texts in UTF-16, which is what -fshort-wchar is for and
# what clang leaves out for WebAssembly: L"x" becomes u"x". With -v cxx=1 the type is char16_t.
{
  rest = $0
  out = ""
  while (match(rest, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/)) {
    before = substr(rest, 1, RSTART - 1)
    if (before ~ /(^|[^A-Za-z0-9_])L$/) before = substr(before, 1, length(before) - 1) "u"
    out = out before substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
  }
  out = out rest
  if (cxx && out ~ /typedef wchar_t/) sub(/wchar_t/, "char16_t", out)
  print out
}
