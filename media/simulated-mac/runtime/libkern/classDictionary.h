// The kernel-wide dictionary of classes by name, and which kext each belongs to.
#pragma once

#include "../kernelHeaders.h"

#include <string>
#include <vector>

struct RegisteredClass {
    const OSMetaClass *metaClass;
    std::string kext;
};

class ClassDictionary {
public:
    /// Queues a class whose static constructor runs, until its kext starts (xnu: between preModLoad and postModLoad).
    static void stall(OSMetaClass *metaClass);
    /// Enters all queued classes under the kext, or none: a name that is taken is an error, which is logged.
    static OSReturn registerStalled(const std::string &kext);
    static void forgetStalled();
    static void removeClasses(const std::string &kext);
    static bool hasInstances(const std::string &kext);
    /// One log line for each class of the kext that has instances.
    static void logInstances(const std::string &kext);
    static const OSMetaClass *find(const char *name);
    static const std::vector<RegisteredClass> &all();
};
