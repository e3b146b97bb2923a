// The kernel-wide dictionary of classes by name, and which kext each belongs to.
#pragma once

#include "../kernel.h"

#include <string>
#include <vector>

struct RegisteredClass {
    const OSMetaClass *metaClass;
    std::string kext;
    const char *name() const { return metaClass->getClassName(); }
};

namespace ClassDictionary {
/// Enters under the kext all classes that were constructed since the last time (xnu: between preModLoad and
/// postModLoad), or none: a name that is taken is an error, which is logged.
OSReturn registerStalled(const std::string &kext);
/// What a twin that couldn't be loaded has left.
void forgetStalled();
void removeClasses(const std::string &kext);
/// True when classes of the kext have instances, which keeps it loaded: they are logged.
bool logInstances(const std::string &kext);
/// By name.
const std::vector<RegisteredClass> &all();
} // namespace ClassDictionary
