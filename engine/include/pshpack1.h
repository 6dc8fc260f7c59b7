/* Structures from here are packed to 1 byte, until poppack.h. */
#pragma pack(push, 1)
