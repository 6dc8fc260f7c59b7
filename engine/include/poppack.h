/* Back to the packing before pshpack*.h. */
#pragma pack(pop)
