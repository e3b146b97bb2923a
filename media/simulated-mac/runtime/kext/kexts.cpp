#include "../iokit/services.h"
#include "../libkern/classDictionary.h"
#include "kexts.h"

#include <algorithm>
#include <cerrno>
#include <set>

using kernel::logLine;

namespace {
std::list<Kext> kexts;
std::set<std::string> keptByPolicy;
Kexts::Next nextKext = {1, 0xffffff7f84000000};

uint64_t wholePages(uint64_t size) { return (size + 4095) & ~uint64_t{4095}; }

void remove(Kext &kext) {
    ClassDictionary::removeClasses(kext.identifier);
    if (kext.twin) unloadTwin(*kext.twin);
    kexts.remove_if([&](const Kext &each) { return &each == &kext; });
}

/// For a kext of that name that is loaded already: only the same build may come again, and brings its personalities.
OSReturn loadAgain(const Kext &loaded, const Kext &kext, const OSArray *personalities) {
    const char *name = kext.identifier.c_str(), *version = kext.version.c_str();
    if (loaded.uuid == kext.uuid) {
        Matching::removePersonalities(name);
        Matching::addPersonalities(personalities);
        return kOSReturnSuccess;
    }
    if (loaded.version != kext.version)
        logLine("Refusing new kext %s, v%s: already have loaded v%s.", name, version, loaded.version.c_str());
    else
        logLine("Refusing new kext %s, v%s: a loaded copy with a different executable UUID is already present.", name,
                version);
    return kOSKextReturnLoadedVersionDiffers;
}

OSReturn link(Kext &kext, const std::string &twinPath, const std::vector<std::string> &dependencies) {
    const char *name = kext.identifier.c_str();
    for (const std::string &identifier : dependencies) {
        const Kext *library = Kexts::find(identifier);
        if (!library) {
            logLine("Kext %s - library kext %s not found.", name, identifier.c_str());
            logLine("Can't load kext %s - failed to resolve library dependencies.", name);
            return kOSKextReturnDependencies;
        }
        kext.dependencies.push_back(library->index);
    }
    if (twinPath.empty()) return kOSReturnSuccess;
    kext.twin = loadTwin(twinPath, kext.identifier);
    if (kext.twin) return kOSReturnSuccess;
    logLine("Can't load kext %s - link failed.", name);
    return kOSKextReturnLinkError;
}

OSReturn start(Kext &kext) {
    const char *name = kext.identifier.c_str();
    kmod_info_t *info = kext.twin ? kext.twin->info : nullptr;
    OSReturn result = kOSMetaClassNoKext;
    if (!info || kext.identifier == info->name)
        result = ClassDictionary::registerStalled(kext.identifier);
    else
        logLine("OSMetaClass: Can't record classes for kext %s - kext not found.", info->name);
    if (info && result == kOSReturnSuccess) {
        info->id = static_cast<uint32_t>(kext.index);
        result = info->start(info, nullptr);
    }
    kext.started = result == kOSReturnSuccess;
    if (kext.started) return kOSReturnSuccess;
    logLine("Kext %s did not start (return code 0x%x).", name, static_cast<unsigned>(result));
    logLine("Kext %s start failed (result 0x%x).", name, static_cast<unsigned>(result));
    remove(kext);
    return kOSKextReturnStartStopError;
}

/// The first active service whose own table names the kext: only those are terminated.
Service findActive(const char *identifier) {
    for (const Service &service : allServices()) {
        OSString *owner = OSDynamicCast(OSString, service->getProperty(kCFBundleIdentifierKey));
        if (owner && owner->isEqualTo(identifier) && !service->isInactive()) return service;
    }
    return nullptr;
}

/// What the kext of a service's class says of it, whoever's personality it was matched by.
bool mayBeTerminated(const IOService *service) {
    std::string owner = ClassDictionary::kextOf(service->getMetaClass());
    const Kext *kext = Kexts::find(owner);
    bool isApples = !kext || owner.rfind("com.apple.", 0) == 0;
    if (kext && kext->allowUserTerminate.value_or(!isApples)) return true;
    logLine("disallowing kextunload terminate for bundleID %s", owner.c_str());
    return false;
}

/// Refuses before it touches anything when another kext depends on this one. Afterwards the personalities are gone,
/// whatever becomes of the rest of the unload.
OSReturn terminateServices(const Kext &kext) {
    const char *identifier = kext.identifier.c_str();
    if (Kexts::references(kext) > 0) return kOSKextReturnInUse;
    while (Service service = findActive(identifier)) {
        if (!mayBeTerminated(service.get())) return kIOReturnUnsupported;
        service->terminate(kIOServiceRequired | kIOServiceSynchronous);
    }
    Matching::removePersonalities(identifier);
    return kOSReturnSuccess;
}

/// Whether any of the classes has instances or is being looked up. Only those with instances are named.
bool areInUse(const Kext &kext, const std::vector<RegisteredClass> &classes, const char *header) {
    auto isInUse = [](auto &each) { return each.metaClass->instanceCount != 0 || each.metaClass->lookups != 0; };
    if (std::none_of(classes.begin(), classes.end(), isInUse)) return false;
    const char *name = kext.identifier.c_str();
    logLine(header, name);
    for (const RegisteredClass &each : classes)
        if (int count = each.metaClass->instanceCount)
            logLine("    Kext %s class %s has %d instance%s.", name, each.name(), count, count == 1 ? "" : "s");
    return true;
}

/// The classes leave the dictionary before the stop function is asked, and don't come back when it refuses.
OSReturn stop(Kext &kext) {
    const char *name = kext.identifier.c_str();
    std::vector<RegisteredClass> classes = ClassDictionary::ofKext(kext.identifier);
    ClassDictionary::removeClasses(kext.identifier);
    kmod_info_t *info = kext.twin ? kext.twin->info : nullptr;
    OSReturn result = info ? info->stop(info, nullptr) : kOSReturnSuccess;
    if (result == kOSReturnSuccess &&
        areInUse(kext, classes, "Can't tear down kext %s C++; classes have instances:"))
        result = kOSMetaClassHasInstances;
    if (result != kOSReturnSuccess) {
        logLine("Kext %s did not stop (return code 0x%x).", name, static_cast<unsigned>(result));
        logLine("Kext %s can't unload - module stop returned 0x%x.", name,
                static_cast<unsigned>(kOSKextReturnStartStopError));
        return kOSKextReturnStartStopError;
    }
    remove(kext);
    Matching::scheduleAll();
    return kOSReturnSuccess;
}
} // namespace

const std::list<Kext> &Kexts::all() { return kexts; }
Kexts::Next &Kexts::next() { return nextKext; }

Kext *Kexts::find(const std::string &identifier) {
    auto found = std::find_if(kexts.begin(), kexts.end(), [&](auto &each) { return each.identifier == identifier; });
    return found == kexts.end() ? nullptr : &*found;
}

Kext *Kexts::find(uint64_t index) {
    auto found = std::find_if(kexts.begin(), kexts.end(), [&](auto &each) { return each.index == index; });
    return found == kexts.end() ? nullptr : &*found;
}

void Kexts::keepByPolicy(const std::string &identifier) { keptByPolicy.insert(identifier); }

uint64_t Kexts::references(const Kext &kext) {
    uint64_t count = kext.otherReferences;
    for (const Kext &other : kexts)
        count += static_cast<uint64_t>(std::count(other.dependencies.begin(), other.dependencies.end(), kext.index));
    return count;
}

void Kexts::addData(Kext kext) {
    kext.index = nextKext.index++;
    kext.started = true;
    nextKext.address = std::max(nextKext.address, wholePages(kext.address + kext.size));
    kexts.push_back(kext);
}

OSReturn Kexts::load(Kext kext, const std::string &twinPath, const std::vector<std::string> &dependencies,
                     const OSArray *personalities, const std::function<void()> &queueClasses) {
    if (const Kext *loaded = find(kext.identifier)) return loadAgain(*loaded, kext, personalities);
    ClassDictionary::forgetStalled();
    queueClasses();
    OSReturn result = link(kext, twinPath, dependencies);
    if (result == kOSReturnSuccess) {
        kext.size = kext.wired = wholePages(kext.size);
        kext.index = nextKext.index++;
        kext.address = nextKext.address;
        nextKext.address += kext.size;
        kexts.push_back(kext);
        result = start(kexts.back());
    }
    if (result == kOSReturnSuccess) {
        Matching::addPersonalities(personalities);
        return kOSReturnSuccess;
    }
    const char *name = kext.identifier.c_str();
    logLine("Kext %s failed to load (0x%x).", name, static_cast<unsigned>(result));
    logLine("Failed to load kext %s (error 0x%x).", name, static_cast<unsigned>(result));
    return result;
}

OSReturn Kexts::unload(const std::string &identifier) {
    const char *name = identifier.c_str();
    Kext *kext = find(identifier);
    if (!kext) {
        logLine("Kext %s not found for unload request.", name);
        return kOSKextReturnNotFound;
    }
    if (keptByPolicy.count(identifier)) {
        logLine("Failed to remove kext %s (MAC policy error 0x%x).", name, EPERM);
        return kOSReturnError;
    }
    if (waitsForResource(identifier)) return kOSKextReturnInUse;
    if (kext->unloadUnsupported) {
        logLine("Can't remove kext %s; unsupported by cache.", name);
        return kOSKextReturnInUse;
    }
    OSReturn result = terminateServices(*kext);
    if (result != kOSReturnSuccess) {
        logLine("Can't remove kext %s; services failed to terminate - 0x%x.", name, static_cast<unsigned>(result));
        return result;
    }
    // A driver that was terminated may have retained its own kext.
    if (uint64_t count = references(*kext)) {
        logLine("Can't unload kext %s; outstanding references %llu (linkage or tracking object).", name,
                static_cast<unsigned long long>(count + 2));
        return kOSKextReturnInUse;
    }
    if (identifier.rfind("com.apple.kpi.", 0) == 0) return kOSKextReturnInvalidArgument;
    if (areInUse(*kext, ClassDictionary::ofKext(identifier), "Can't unload kext %s; classes have instances:"))
        return kOSKextReturnInUse;
    return stop(*kext);
}
