#include "../iokit/services.h"
#include "../libkern/classDictionary.h"
#include "kexts.h"

using kernel::logLine;

namespace {
/// The first active service whose own table names the kext: only those are terminated.
Service findActive(const char *identifier) {
    for (const Service &service : allServices()) {
        OSString *owner = OSDynamicCast(OSString, service->getProperty(kCFBundleIdentifierKey));
        if (owner && owner->isEqualTo(identifier) && !service->isInactive())
            return service;
    }
    return nullptr;
}

/// Refuses before it touches anything when another kext depends on this one. Afterwards the personalities are gone,
/// whatever becomes of the rest of the unload.
OSReturn terminateServices(const Kext &kext) {
    const char *identifier = kext.identifier.c_str();
    if (Kexts::references(kext) > 0)
        return kOSKextReturnInUse;
    if (!kext.twin) {
        logLine("disallowing kextunload terminate for bundleID %s", identifier);
        return kIOReturnUnsupported;
    }
    while (Service service = findActive(identifier))
        service->terminate(kIOServiceRequired | kIOServiceSynchronous);
    Matching::removePersonalities(identifier);
    return kOSReturnSuccess;
}

/// The classes leave the dictionary before the stop function is asked, and don't come back when it refuses.
OSReturn stop(Kext &kext) {
    const char *name = kext.identifier.c_str();
    kmod_info_t &info = *kext.twin->info;
    ClassDictionary::removeClasses(kext.identifier);
    OSReturn result = info.stop(&info, nullptr);
    if (result != kOSReturnSuccess) {
        logLine("Kext %s did not stop (return code 0x%x).", name, static_cast<unsigned>(result));
        logLine("Kext %s can't unload - module stop returned 0x%x.", name,
                static_cast<unsigned>(kOSKextReturnStartStopError));
        return kOSKextReturnStartStopError;
    }
    Kexts::remove(kext);
    Matching::scheduleAll();
    return kOSReturnSuccess;
}
} // namespace

OSReturn Kexts::unload(const std::string &identifier) {
    const char *name = identifier.c_str();
    Kext *kext = find(identifier);
    if (!kext) {
        logLine("Kext %s not found for unload request.", name);
        return kOSKextReturnNotFound;
    }
    OSReturn result = terminateServices(*kext);
    if (result != kOSReturnSuccess) {
        logLine("Can't remove kext %s; services failed to terminate - 0x%x.", name, static_cast<unsigned>(result));
        return result;
    }
    return ClassDictionary::logInstances(identifier) ? kOSKextReturnInUse : stop(*kext);
}
