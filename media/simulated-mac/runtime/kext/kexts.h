// The kexts that are loaded, and the order of what happens when one comes or goes (xnu, OSKext.cpp).
#pragma once

#include "twin.h"

#include <memory>

struct Kext {
    std::string identifier;
    std::string version;
    std::string uuid;
    uint64_t index = 0;
    uint64_t address = 0;
    uint64_t size = 0;
    uint64_t wired = 0;
    /// References other than those of dependent kexts.
    uint64_t otherReferences = 0;
    std::vector<uint64_t> dependencies;
    bool started = false;
    Twin *twin = nullptr;
};

struct LoadRequest {
    std::string identifier, version, uuid, twin;
    uint64_t size;
    std::vector<std::string> dependencies;
    /// Dictionaries, each with its CFBundleIdentifier.
    OSArray *personalities;
};

class Kexts {
public:
    /// Adds a kext of Apple's, which is data only.
    static void addApple(Kext kext);
    static OSReturn load(const LoadRequest &request);
    static OSReturn unload(const std::string &identifier);
    static const std::vector<std::unique_ptr<Kext>> &all();
    static uint64_t references(const Kext &kext);
    static Kext *find(const std::string &identifier);

private:
    static OSReturn resolveDependencies(const LoadRequest &request, Kext &kext);
    static OSReturn start(Kext &kext);
    static OSReturn terminateServices(const Kext &kext);
    static OSReturn stop(Kext &kext);
    static void remove(const Kext &kext);
};
