// The kexts that are loaded, and the order of what happens when one comes or goes (xnu, OSKext.cpp).
#pragma once

#include "twin.h"

#include <list>
#include <vector>

struct Kext {
    std::string identifier, version, uuid;
    uint64_t index, address, size, wired;
    /// References other than those of dependent kexts.
    uint64_t otherReferences;
    /// Indexes of the kexts that it is linked against.
    std::vector<uint64_t> dependencies;
    bool started;
    /// NULL for Apple's kexts, which are data only.
    Twin *twin;
};

namespace Kexts {
void addApple(Kext kext);
/// `personalities` are dictionaries, each with its CFBundleIdentifier.
OSReturn load(Kext kext, const std::string &twinPath, const std::vector<std::string> &dependencies,
              const OSArray *personalities);
OSReturn unload(const std::string &identifier);
const std::list<Kext> &all();
Kext *find(const std::string &identifier);
uint64_t references(const Kext &kext);
} // namespace Kexts
