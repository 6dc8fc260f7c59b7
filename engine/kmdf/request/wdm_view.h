// WDM's view of the framework's objects: IRPs with their stack locations, device and file objects.
// Owns: how those structures are filled. Each is made when a driver first gets it, in the run's
// memory, and lives as long as the run. Called by the C API and by forward progress.
#pragma once
#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Device;
struct DeviceInit;
struct Driver;
struct FileObject;
struct Irp;

// The IRP as it is now. Its current stack location is this device's: function, parameters, device
// and file object. The one below has the parameters of the format that a send would use, if there
// is one. What a driver writes into the structure changes nothing.
qs_IRP* wdm_view(Irp* irp);
// The device's own object; for an FDO or filter DeviceExtension is the physical device below it.
qs_DEVICE_OBJECT* wdm_view(Device* device);
// The one that its bus has made, which is there before the device.
qs_DEVICE_OBJECT* physical_device(DeviceInit* init);
qs_FILE_OBJECT* wdm_view(FileObject* file);
qs_DRIVER_OBJECT* wdm_view(Driver* driver);
// A new MDL of that memory, mapped and locked.
qs_MDL* wdm_mdl(void* buffer, size_t length);

}  // namespace qs::kmdf
