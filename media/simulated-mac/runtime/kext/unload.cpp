#include "../core/log.h"
#include "../iokit/forEachService.h"
#include "../iokit/matching.h"
#include "../libkern/classDictionary.h"
#include "kexts.h"

using kernel::logLine;

namespace {
/// The first active service whose own table names the kext: only those are terminated.
IOService *findActive(IORegistryEntry *below, const std::string &identifier) {
    IOService *found = NULL;
    kernel::forEachService(below->getChildIterator(gIOServicePlane), [&](IOService *service) {
        OSString *owner = OSDynamicCast(OSString, service->getProperty(kCFBundleIdentifierKey));
        bool wanted = owner && owner->isEqualTo(identifier.c_str()) && !service->isInactive();
        if (!found)
            found = wanted ? service : findActive(service, identifier);
    });
    return found;
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
    if (ClassDictionary::hasInstances(identifier)) {
        logLine("Can't unload kext %s; classes have instances:", name);
        ClassDictionary::logInstances(identifier);
        return kOSKextReturnInUse;
    }
    return stop(*kext);
}

/// Refuses before it touches anything when another kext depends on this one. Afterwards the personalities are gone,
/// whatever becomes of the rest of the unload.
OSReturn Kexts::terminateServices(const Kext &kext) {
    if (references(kext) > 0)
        return kOSKextReturnInUse;
    if (!kext.twin) {
        logLine("disallowing kextunload terminate for bundleID %s", kext.identifier.c_str());
        return kIOReturnUnsupported;
    }
    while (IOService *service = findActive(IORegistryEntry::getRegistryRoot(), kext.identifier)) {
        service->retain();
        service->terminate(kIOServiceRequired | kIOServiceSynchronous);
        service->release();
    }
    Matching::removePersonalities(kext.identifier.c_str());
    return kOSReturnSuccess;
}

/// The classes leave the dictionary before the stop function is asked, and don't come back when it refuses.
OSReturn Kexts::stop(Kext &kext) {
    const char *name = kext.identifier.c_str();
    std::string identifier = kext.identifier;
    kmod_info_t &info = *kext.twin->info;
    ClassDictionary::removeClasses(identifier);
    OSReturn result = info.stop(&info, nullptr);
    if (result != kOSReturnSuccess) {
        logLine("Kext %s did not stop (return code 0x%x).", name, static_cast<unsigned>(result));
        logLine("Kext %s can't unload - module stop returned 0x%x.", name,
                static_cast<unsigned>(kOSKextReturnStartStopError));
        return kOSKextReturnStartStopError;
    }
    kext.twin->destroyStatics();
    kext.twin->forbidExecution();
    remove(kext);
    Matching::scheduleAll();
    return kOSReturnSuccess;
}
