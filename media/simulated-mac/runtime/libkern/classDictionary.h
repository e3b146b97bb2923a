// The kernel-wide dictionary of classes by name, and which kext each belongs to.
#pragma once

#include "../kernel.h"

#include <cstring>
#include <map>
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
/// Queues a class of a kext whose code isn't here: it has a name and `instances`, and no more can be made.
void queueData(const std::string &name, const std::string &superClass, uint64_t instances);
/// What a twin that couldn't be loaded has left.
void forgetStalled();
/// The classes of a kext, by name.
std::vector<RegisteredClass> ofKext(const std::string &kext);
void removeClasses(const std::string &kext);
/// The kext that has registered the class; empty for one that is no longer registered.
std::string kextOf(const OSMetaClass *metaClass);
const std::map<std::string, RegisteredClass> &all();
} // namespace ClassDictionary
