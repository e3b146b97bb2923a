// The kexts that are loaded, and the order of what happens when one comes or goes (xnu, OSKext.cpp).
#pragma once

#include "twin.h"

#include <list>
#include <vector>

struct Kext {
    std::string identifier, version, uuid;
    uint64_t address, size, wired;
    /// References other than those of dependent kexts.
    uint64_t otherReferences;
    /// Its own and those of the kexts that it is linked against.
    uint64_t index;
    std::vector<uint64_t> dependencies;
    bool started;
    /// NULL for Apple's kexts, which are data only.
    Twin *twin;
};

struct LoadRequest {
    std::string identifier, version, uuid, twin;
    uint64_t size;
    /// Identifiers.
    std::vector<std::string> dependencies;
    /// Dictionaries, each with its CFBundleIdentifier.
    OSSharedPtr<OSArray> personalities;
};

namespace Kexts {
void addApple(Kext kext);
OSReturn load(const LoadRequest &request);
OSReturn unload(const std::string &identifier);
const std::list<Kext> &all();
Kext *find(const std::string &identifier);
uint64_t references(const Kext &kext);
/// Unmaps the kext's code, and forgets the kext and its classes.
void remove(Kext &kext);
} // namespace Kexts
