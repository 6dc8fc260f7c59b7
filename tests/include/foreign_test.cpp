// Sources as they are elsewhere: what only Microsoft's compiler takes, C++, headers that tools of
// the kit make, class headers, several projects as one driver.
#include <doctest/doctest.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

const std::string kInclude = "engine/include/";

class Folder {
 public:
  explicit Folder(const char* name) : path_(std::string(std::getenv("HOME")) + "/" + name) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name)) << text;
  }
  std::string path(const std::string& name) const { return path_ + "/" + name; }
  std::string text(const std::string& name) const {
    std::ifstream in(path(name));
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }
  // Builds a driver of these files; what was printed goes into "said".
  int build(const std::string& names, const std::string& more = "") const {
    std::string words;
    std::istringstream list(names);
    for (std::string name; list >> name;) words += " " + path(name);
    return std::system(("sh cmake/driver_build.sh " + path("d.o") + " own_entry " + kInclude +
                        " cc " + more + words + " 2> " + path("said"))
                           .c_str());
  }
  int overlay(const std::string& names, const std::string& more = "") const {
    std::string words;
    std::istringstream list(names);
    for (std::string name; list >> name;) words += " " + path(name);
    return std::system(
        ("sh cmake/driver_overlay.sh " + path("overlay") + " " + kInclude + " " + more + words)
            .c_str());
  }

 private:
  std::string path_;
};

const char* const kEntry =
    "NTSTATUS DriverEntry(PDRIVER_OBJECT o, PUNICODE_STRING p) { (void)o; (void)p; return 0; }\n";

bool in(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a source in Microsoft's dialect compiles, with its lines and its names of functions") {
  const Folder f("dialect");
  f.write("d.c",
          std::string("#include <ntddk.h>\n#include <wdf.h>\n"
                      "#define Say(text, ...) DbgPrint(\"[d] \" text, __VA_ARGS__)\n"
                      "#define Enter() Say(\"Entering \" __FUNCTION__ \"\\n\")\n"
                      "BOOLEAN Locked(PVOID Context);\n"
                      "static void* place;\n"
                      "static void Take(PVOID* to) { *to = NULL; }\n"
                      "static void Small(void)\n{\n    Enter();\n"
                      "    Take(&((PVOID)(place)));\n    Say(\"a, )\");\n}\n"
                      "BOOLEAN Locked(WDFDEVICE Device) { Small(); return Device != NULL; }\n") +
              kEntry);
  CHECK_MESSAGE(f.build("d.c", "-w") == 0, f.text("said"));
  CHECK(std::system(("strings " + f.path("d.o") + " > " + f.path("texts")).c_str()) == 0);
  CHECK(in(f.text("texts"), "Entering Small"));
  CHECK(in(f.text("texts"), "a, )"));
}

TEST_CASE("what does not compile in any dialect is told as the source has it") {
  const Folder f("wrong");
  f.write("d.c", std::string("#include <ntddk.h>\nint f(void) { return nowhere; }\n") + kEntry);
  CHECK(f.build("d.c") != 0);
  CHECK(in(f.text("said"), "d.c:2:"));
  CHECK(in(f.text("said"), "nowhere"));
}

TEST_CASE("a driver in C++, and one of C and C++ with a header between them") {
  const Folder f("cxx");
  f.write("shared.h",
          "#pragma once\n#include <ntddk.h>\n#include <wdf.h>\nEXTERN_C_START\n"
          "typedef struct _CONTEXT { ULONG n; WDFQUEUE queue; } CONTEXT, *PCONTEXT;\n"
          "WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CONTEXT, GetContext)\n"
          "NTSTATUS Other(WDFDEVICE device);\nEXTERN_C_END\n");
  f.write(
      "entry.cpp",
      "#include <initguid.h>\n#include \"shared.h\"\n"
      "DEFINE_GUID(GUID_D, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);\n"
      "class Counter { public: ULONG Next() { return ++n_; } private: ULONG n_ = 0; };\n"
      "C_ASSERT(sizeof(WCHAR) == 2);\n"
      "extern \"C\" DRIVER_INITIALIZE DriverEntry;\nEVT_WDF_DRIVER_DEVICE_ADD Add;\n"
      "extern \"C\" NTSTATUS DriverEntry(PDRIVER_OBJECT o, PUNICODE_STRING p) {\n"
      "  WDF_DRIVER_CONFIG c;\n  WDF_DRIVER_CONFIG_INIT(&c, Add);\n"
      "  return WdfDriverCreate(o, p, WDF_NO_OBJECT_ATTRIBUTES, &c, WDF_NO_HANDLE);\n}\n"
      "NTSTATUS Add(WDFDRIVER, PWDFDEVICE_INIT init) {\n"
      "  WDF_OBJECT_ATTRIBUTES a;\n  WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&a, CONTEXT);\n"
      "  DECLARE_CONST_UNICODE_STRING(name, L\"\\\\Device\\\\D\");\n"
      "  WDF_PNPPOWER_EVENT_CALLBACKS e;\n  WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&e);\n"
      "  e.EvtDeviceD0Entry = [](WDFDEVICE, WDF_POWER_DEVICE_STATE) { return "
      "NTSTATUS(STATUS_SUCCESS); };\n"
      "  WdfDeviceInitSetPnpPowerEventCallbacks(init, &e);\n"
      "  NTSTATUS s = WdfDeviceInitAssignName(init, &name);\n  WDFDEVICE d = nullptr;\n"
      "  if (NT_SUCCESS(s)) s = WdfDeviceCreate(&init, &a, &d);\n"
      "  if (NT_SUCCESS(s)) s = WdfDeviceCreateDeviceInterface(d, &GUID_D, nullptr);\n"
      "  Counter c;\n  GetContext(d)->n = c.Next();\n  return NT_SUCCESS(s) ? Other(d) : s;\n}\n");
  f.write("other.c",
          "#include \"shared.h\"\nNTSTATUS Other(WDFDEVICE device)\n"
          "{ return GetContext(device)->n ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL; }\n");
  CHECK_MESSAGE(f.build("entry.cpp other.c", "-Wall -Werror") == 0, f.text("said"));
}

TEST_CASE("headers in include folders are found in any case, and their headers, too") {
  const Folder f("folders");
  f.write("inc/Public Header.h", "#include \"DEEPER.H\"\n");
  f.write("inc/deeper.h", "#define DEEPER 1\n");
  f.write("inc/Public.h", "#include \"DEEPER.H\"\n");
  f.write("src/d.c", std::string("#include <NTDDK.H>\n#include \"PUBLIC.H\"\n"
                                 "int f(void) { return DEEPER; }\n") +
                         kEntry);
  CHECK_MESSAGE(f.build("src/d.c", "-I" + f.path("inc") + " -DX=1") == 0, f.text("said"));
}

TEST_CASE("the header of a driver's WMI classes has structures, sizes, numbers and GUIDs") {
  const Folder f("mof");
  f.write("oven.mof",
          "// comment\n#PRAGMA AUTORECOVER\n"
          "[WMI, HeaderName(\"Inner\"), guid(\"{A1C15015-B069-11d1-9290-00A0C9062910}\")]\n"
          "class Vendor_Inner {\n  [WmiDataId(1), read] boolean On;\n"
          "  [WmiDataId(2), Description(\"a; b } [c\")] sint16 Level[4];\n};\n"
          "[Dynamic, WMI, guid(\"{BBA21300-6DD3-11d2-B844-00C04FAD5171}\")]\nclass Oven {\n"
          "  [key, read] string InstanceName;\n  [read] boolean Active;\n"
          "  [WmiDataId(2), read] uint64 Heat;\n  [WmiDataId(1), read] uint32 State;\n"
          "  [WmiDataId(3)] Vendor_Inner Part;\n"
          "  [WmiMethodId(7)] void SetHeat([in] uint32 Degrees, [out] uint8 Done);\n};\n"
          "class OvenName { [WmiDataId(1)] uint8 N; [WmiDataId(2)] string Name; };\n");
  f.write(
      "d.c",
      std::string(
          "#include <ntddk.h>\n#include \"ovenMof.h\"\n"
          "C_ASSERT(sizeof(Inner) == 10 && Inner_SIZE == 10);\n"
          "C_ASSERT(FIELD_OFFSET(Oven, Heat) == 8 && FIELD_OFFSET(Oven, Part) == 16);\n"
          "C_ASSERT(Oven_Heat_SIZE == 8 && Oven_State_ID == 1 && SetHeat == 7);\n"
          "C_ASSERT(sizeof(SetHeat_IN) == 4 && SetHeat_OUT_SIZE == 1);\n"
          "C_ASSERT(FIELD_OFFSET(OvenName, VariableData) == 1);\n"
          "const GUID* f(void) { static const GUID g = OvenGuid; (void)g; return &Oven_GUID; }\n") +
          kEntry);
  CHECK_MESSAGE(f.build("d.c", "-Wno-unused-variable") == 0, f.text("said"));
}

TEST_CASE(
    "the headers of a driver's messages: statuses of .mc, events of .man as the project says") {
  const Folder f("messages");
  f.write(
      "log.mc",
      "MessageIdTypedef=NTSTATUS\nSeverityNames=(Success=0x0:S_OK\n"
      "  Warning=0x2:STATUS_SEVERITY_W\n)\nFacilityNames=(Io=0x4:FACILITY_IO\n  Own=0x6:F_OWN)\n"
      "MessageId=0x0001 Facility=Own Severity=Warning SymbolicName=OWN_FIRST\nLanguage=English\n"
      "MessageId=0x9 SymbolicName=NOT_THIS\n.\n"
      "MessageId=\nSymbolicName=OWN_SECOND\nLanguage=English\nText.\n.\n;// the end\n");
  f.write("trace.man",
          "<provider name=\"Own-Driver\" symbol=\"P\"><event symbol=\"Began\"\n value=\"1\"/>"
          "<event value=\"2\" symbol=\"Ended\"/></provider>\n");
  f.write("d.vcxproj",
          "<MessageCompile Include=\"trace.man\">"
          "<GeneratedFilesBaseName>ownEvents</GeneratedFilesBaseName></MessageCompile>\n");
  f.write("d.c", std::string("#include <ntddk.h>\n#include \"log.h\"\n#include \"ownEvents.h\"\n"
                             "C_ASSERT(OWN_FIRST == (NTSTATUS)0x80060001);\n"
                             "C_ASSERT(OWN_SECOND == (NTSTATUS)0x80060002);\n"
                             "void f(void) { EventRegisterOwn_Driver(); EventWriteBegan(1, 2); "
                             "EventWriteEnded(); }\n"
                             "C_ASSERT(MCGEN_USE_KERNEL_MODE_APIS);\n"
                             "PCEVENT_DESCRIPTOR g(void) { return MCGEN_EVENT_ENABLED(Ended) ? "
                             "&Ended : &Began; }\n") +
                     kEntry);
  CHECK_MESSAGE(f.build("d.c", "-w") == 0, f.text("said"));
}

TEST_CASE("class headers have the kit's layouts, in C and in C++") {
  const Folder f("classes");
  const std::string source =
      "#include <ntddk.h>\n#include <hidport.h>\n#include <kbdmou.h>\n#include <ntdd8042.h>\n"
      "#include <batclass.h>\n#include <poclass.h>\n#include <usbdi.h>\n#include <wdf.h>\n"
      "#include <wdfusb.h>\n#include <hidpddi.h>\n#include <devguid.h>\n#include <wmilib.h>\n"
      "C_ASSERT(sizeof(KEYBOARD_INPUT_DATA) == 12 && sizeof(MOUSE_INPUT_DATA) == 24);\n"
      "C_ASSERT(sizeof(HID_DESCRIPTOR) == 9 && sizeof(HID_DEVICE_ATTRIBUTES) == 32);\n"
      "C_ASSERT(sizeof(HIDP_CAPS) == 64 && sizeof(BATTERY_INFORMATION) == 36);\n"
      "C_ASSERT(IOCTL_HID_READ_REPORT == 0xB000B && IOCTL_HID_GET_FEATURE == 0xB0192);\n"
      "C_ASSERT(IOCTL_INTERNAL_KEYBOARD_CONNECT == 0xB0203);\n"
      "C_ASSERT(IOCTL_BATTERY_QUERY_TAG == 0x294040);\n"
      "C_ASSERT(sizeof(CONNECT_DATA) == 16 && sizeof(INTERNAL_I8042_HOOK_KEYBOARD) == 48);\n";
  f.write("d.c", source + kEntry);
  f.write("e.cpp", source);
  CHECK_MESSAGE(f.build("d.c e.cpp", "-Wall -Werror") == 0, f.text("said"));
}
