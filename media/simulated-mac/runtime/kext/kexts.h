// The kexts that are loaded, and the order of what happens when one comes or goes (xnu, OSKext.cpp).
#pragma once

#include "twin.h"

#include <functional>
#include <list>
#include <optional>
#include <vector>

struct Kext {
    std::string identifier, version, uuid;
    uint64_t index, address, size, wired;
    /// References other than those of dependent kexts.
    uint64_t otherReferences;
    /// Indexes of the kexts that it is linked against.
    std::vector<uint64_t> dependencies;
    bool started;
    /// NULL for a kext that is data only.
    Twin *twin;
    /// It came with a collection that cannot give its kexts a fresh start.
    bool unloadUnsupported;
    /// OSBundleAllowUserTerminate, where it is given.
    std::optional<bool> allowUserTerminate;
};

namespace Kexts {
/// What the next kext that is loaded gets.
struct Next {
    uint64_t index, address;
};
Next &next();
/// One that runs since the start.
void addData(Kext kext);
/// `personalities` are dictionaries, each with its CFBundleIdentifier. Without a twin the kext is data, whose classes
/// `queueClasses` queues.
OSReturn load(Kext kext, const std::string &twinPath, const std::vector<std::string> &dependencies,
              const OSArray *personalities, const std::function<void()> &queueClasses);
OSReturn unload(const std::string &identifier);
const std::list<Kext> &all();
Kext *find(const std::string &identifier);
Kext *find(uint64_t index);
uint64_t references(const Kext &kext);
/// A security policy of the machine refuses to have the kext unloaded.
void keepByPolicy(const std::string &identifier);
/// Whether a resource that the kext asked for (OSKextRequestResource) has not come yet.
bool waitsForResource(const std::string &identifier);
} // namespace Kexts
