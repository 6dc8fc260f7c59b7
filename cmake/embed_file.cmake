# cmake -DINPUT=<file> -DOUTPUT=<file.c> -DID=<id> -P embed_file.cmake
# Writes a C source with the bytes of INPUT as one string constant, which compilers read many times
# faster than a list of numbers.
file(READ "${INPUT}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
# 64 bytes a line.
string(REPEAT "." 128 line)
string(REGEX REPLACE "(${line})" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
string(REPLACE "\n" "\"\n\"" hex "${hex}")
file(WRITE "${OUTPUT}" "const unsigned char qs_file_${ID}[] =\n\"${hex}\";
const unsigned long qs_file_${ID}_size = ${size};\n")
