# The line table of one driver, as C source: see driver_link.sh, which calls this with what readelf
# prints of symbols (S), relocations (R) and lines (L), and engine/include/qs/abi_lines.h.
# Only functions with coverage calls have lines: the others are the kit headers' own.

# Counters must be numbers before they index anything.
BEGIN { functions = blocks = rows = files = 0; origin = text = "" }

function hex(text,   value, i) {
  value = 0
  text = tolower(text)
  sub(/^0x/, "", text)
  for (i = 1; i <= length(text); i++)
    value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
  return value
}

function base(path) {
  sub(/.*\//, "", path)
  return path
}

# S    16: 0000000000000034    51 FUNC    LOCAL  DEFAULT    1 GetC
$1 == "S" && $5 == "FUNC" {
  if ($9 == entry) origin = hex($3)
  if (text == "" || $9 == entry) text = $8
  function_section[functions] = $8
  function_start[functions] = hex($3)
  function_end[functions++] = hex($3) + ($4 ~ /^0x/ ? hex($4) : $4)
}

# R 0000000000000079  0000001a00000004 R_X86_64_PLT32  0000000000000000 __sanitizer_cov_trace_pc - 4
# The call's last bytes are the relocated distance: the return address is 4 after it.
$1 == "R" && $2 == "Relocation" { in_text = $4 ~ /^'\.rela?\.text'$/ }
$1 == "R" && in_text && $6 == "__sanitizer_cov_trace_pc" { block[blocks++] = hex($2) + 4 }

# L /path/driver.c:           or   L CU: /path/driver.c:
# L driver.c     9     0x93     x
$1 == "L" && $NF ~ /:$/ && NF <= 3 && $2 != "Contents" {
  path = $NF
  sub(/:$/, "", path)
  path_of[base(path)] = path
}
$1 == "L" && $4 ~ /^(0x[0-9a-f]+|0)$/ && $3 ~ /^[0-9]+$/ && $NF == "x" {
  row_file[rows] = $2
  row_line[rows] = $3
  row_at[rows++] = hex($4)
}

# Ascending order of index[] by key[] (merge sort: rows may be in the thousands).
function sort(order, key, count,   width, left, middle, right, i, j, k, other) {
  for (i = 0; i < count; i++) order[i] = i
  for (width = 1; width < count; width *= 2) {
    for (left = 0; left < count; left += 2 * width) {
      middle = left + width < count ? left + width : count
      right = left + 2 * width < count ? left + 2 * width : count
      i = left; j = middle
      for (k = left; k < right; k++)
        if (i < middle && (j >= right || key[order[i]] <= key[order[j]])) other[k] = order[i++]
        else other[k] = order[j++]
    }
    for (k = 0; k < count; k++) order[k] = other[k]
  }
}

END {
  if (origin == "") {
    print "this driver has no DriverEntry" > "/dev/stderr"
    exit 1
  }
  print "#include \"qs/abi_lines.h\"\n"
  print "int32_t " entry "(void*, void*);\n"

  # Functions by address, and which of them are covered.
  sort(by_start, function_start, functions)
  sort(by_block, block, blocks)
  b = 0
  for (i = 0; i < functions; i++) {
    f = by_start[i]
    if (function_section[f] != text) continue
    while (b < blocks && block[by_block[b]] <= function_start[f]) b++
    covered[f] = b < blocks && block[by_block[b]] <= function_end[f]
  }

  # Rows of covered functions, one per change of line.
  sort(by_row, row_at, rows)
  printf "static const qs_LINE_ROW rows[] = {\n"
  f = 0; last = ""; count = 0
  for (i = 0; i < rows; i++) {
    r = by_row[i]
    while (f < functions && function_end[by_start[f]] <= row_at[r]) { f++; last = "" }
    if (f >= functions) break
    g = by_start[f]
    if (row_at[r] < function_start[g] || !covered[g] || row_line[r] == 0) continue
    name = path_of[row_file[r]]
    if (name == "" || name "|" row_line[r] == last) continue
    last = name "|" row_line[r]
    if (!(name in file_index)) { file_index[name] = files; file_name[files++] = name }
    printf "    {%d, %d, %d},\n", row_at[r] - origin, file_index[name], row_line[r]
    count++
  }
  if (!count) print "    {0, 0, 0},"
  print "};"

  print "static const int64_t blocks[] = {"
  for (i = 0; i < blocks; i++) printf "    %d,\n", block[by_block[i]] - origin
  if (!blocks) print "    0,"
  print "};"

  print "static const int64_t ends[] = {"
  ends = 0
  sort(by_end, function_end, functions)
  for (i = 0; i < functions; i++)
    if (function_section[by_end[i]] == text) {
      printf "    %d,\n", function_end[by_end[i]] - origin
      ends++
    }
  print "};"

  print "static const char* const files[] = {"
  for (i = 0; i < files; i++) {
    gsub(/\\/, "\\\\", file_name[i]); gsub(/"/, "\\\"", file_name[i])
    print "    \"" file_name[i] "\","
  }
  print "    0};"
  print "static const qs_DRIVER_LINES lines = {"
  printf "    (const void*)%s, files, rows, %d, blocks, %d, ends, %d};\n\n",
    entry, count, blocks, ends
  print "#pragma weak qs_add_driver_lines"
  print "__attribute__((constructor)) static void hand_over(void)"
  print "{"
  print "    if (qs_add_driver_lines) qs_add_driver_lines(&lines);"
  print "}"
}
