#include "../core/log.h"
#include "../iokit/matching.h"
#include "../libkern/classDictionary.h"
#include "kexts.h"

#include <algorithm>

using kernel::logLine;

namespace {
std::vector<std::unique_ptr<Kext>> kexts;
uint64_t nextIndex = 1;
uint64_t nextAddress = 0xffffff7f84000000;

constexpr uint64_t pageSize = 4096;
} // namespace

const std::vector<std::unique_ptr<Kext>> &Kexts::all() { return kexts; }

Kext *Kexts::find(const std::string &identifier) {
    for (const auto &kext : kexts)
        if (kext->identifier == identifier)
            return kext.get();
    return nullptr;
}

uint64_t Kexts::references(const Kext &kext) {
    uint64_t count = kext.otherReferences;
    for (const auto &other : kexts)
        count += static_cast<uint64_t>(std::count(other->dependencies.begin(), other->dependencies.end(), kext.index));
    return count;
}

void Kexts::remove(const Kext &kext) {
    kexts.erase(std::find_if(kexts.begin(), kexts.end(), [&](const auto &each) { return each.get() == &kext; }));
}

void Kexts::addApple(Kext kext) {
    kext.index = nextIndex++;
    kext.started = true;
    uint64_t end = kext.address + kext.size;
    nextAddress = std::max(nextAddress, (end + pageSize - 1) & ~(pageSize - 1));
    kexts.push_back(std::make_unique<Kext>(std::move(kext)));
}

OSReturn Kexts::load(const LoadRequest &request) {
    const char *name = request.identifier.c_str();
    if (Kext *loaded = find(request.identifier)) {
        if (loaded->uuid != request.uuid) {
            if (loaded->version != request.version)
                logLine("Refusing new kext %s, v%s: already have loaded v%s.", name, request.version.c_str(),
                        loaded->version.c_str());
            else
                logLine("Refusing new kext %s, v%s: a loaded copy with a different executable UUID is already present.",
                        name, request.version.c_str());
            return kOSKextReturnLoadedVersionDiffers;
        }
        Matching::removePersonalities(name);
        Matching::addPersonalities(request.personalities);
        return kOSReturnSuccess;
    }
    auto kext = std::make_unique<Kext>();
    kext->identifier = request.identifier;
    kext->version = request.version;
    kext->uuid = request.uuid;
    kext->size = (request.size + pageSize - 1) & ~(pageSize - 1);
    kext->wired = kext->size;
    OSReturn result = resolveDependencies(request, *kext);
    if (result == kOSReturnSuccess) {
        kext->twin = Twin::load(request.twin, request.identifier);
        result = kext->twin ? kOSReturnSuccess : kOSKextReturnLinkError;
        if (!kext->twin)
            logLine("Can't load kext %s - link failed.", name);
    }
    if (result == kOSReturnSuccess) {
        kext->index = nextIndex++;
        kext->address = nextAddress;
        nextAddress += kext->size;
        kexts.push_back(std::move(kext));
        result = start(*kexts.back());
    }
    if (result != kOSReturnSuccess) {
        logLine("Kext %s failed to load (0x%x).", name, static_cast<unsigned>(result));
        logLine("Failed to load kext %s (error 0x%x).", name, static_cast<unsigned>(result));
        return result;
    }
    Matching::addPersonalities(request.personalities);
    return kOSReturnSuccess;
}

OSReturn Kexts::resolveDependencies(const LoadRequest &request, Kext &kext) {
    for (const std::string &identifier : request.dependencies) {
        const Kext *library = find(identifier);
        if (!library) {
            logLine("Kext %s - library kext %s not found.", kext.identifier.c_str(), identifier.c_str());
            logLine("Can't load kext %s - failed to resolve library dependencies.", kext.identifier.c_str());
            return kOSKextReturnDependencies;
        }
        kext.dependencies.push_back(library->index);
    }
    return kOSReturnSuccess;
}

OSReturn Kexts::start(Kext &kext) {
    const char *name = kext.identifier.c_str();
    kmod_info_t &info = *kext.twin->info;
    OSReturn result = kOSMetaClassNoKext;
    if (kext.identifier != info.name)
        logLine("OSMetaClass: Can't record classes for kext %s - kext not found.", info.name);
    else
        result = ClassDictionary::registerStalled(kext.identifier);
    ClassDictionary::forgetStalled();
    if (result == kOSReturnSuccess)
        result = info.start(&info, nullptr);
    if (result == kOSReturnSuccess) {
        kext.started = true;
        return kOSReturnSuccess;
    }
    logLine("Kext %s did not start (return code 0x%x).", name, static_cast<unsigned>(result));
    logLine("Kext %s start failed (result 0x%x).", name, static_cast<unsigned>(result));
    ClassDictionary::removeClasses(kext.identifier);
    kext.twin->destroyStatics();
    kext.twin->forbidExecution();
    remove(kext);
    return kOSKextReturnStartStopError;
}
