#include "../core/log.h"
#include "classDictionary.h"

#include <algorithm>
#include <cstring>

namespace {
// Static constructors fill the queue, also those that run before this file's own: it must need no constructor itself.
OSMetaClass *firstStalled;
std::vector<RegisteredClass> classes;

bool precedes(const RegisteredClass &a, const RegisteredClass &b) {
    return strcmp(a.metaClass->getClassName(), b.metaClass->getClassName()) < 0;
}
} // namespace

void ClassDictionary::stall(OSMetaClass *metaClass) {
    metaClass->nextStalled = firstStalled;
    firstStalled = metaClass;
}

OSReturn ClassDictionary::registerStalled(const std::string &kext) {
    std::vector<RegisteredClass> added;
    for (const OSMetaClass *next = firstStalled; next; next = next->nextStalled)
        added.insert(added.begin(), {next, kext});
    forgetStalled();
    for (const RegisteredClass &each : added) {
        const char *name = each.metaClass->getClassName();
        for (const RegisteredClass &other : classes) {
            if (strcmp(other.metaClass->getClassName(), name) == 0) {
                kernel::logLine(
                    "OSMetaClass: Kext %s class %s is a duplicate;kext %s already has a class by that name.",
                    kext.c_str(), name, other.kext.c_str());
                return kOSMetaClassDuplicateClass;
            }
        }
    }
    classes.insert(classes.end(), added.begin(), added.end());
    std::stable_sort(classes.begin(), classes.end(), precedes);
    return kOSReturnSuccess;
}

void ClassDictionary::forgetStalled() { firstStalled = nullptr; }

void ClassDictionary::removeClasses(const std::string &kext) {
    auto ofKext = [&](const RegisteredClass &each) { return each.kext == kext; };
    classes.erase(std::remove_if(classes.begin(), classes.end(), ofKext), classes.end());
}

bool ClassDictionary::hasInstances(const std::string &kext) {
    return std::any_of(classes.begin(), classes.end(), [&](const RegisteredClass &each) {
        return each.kext == kext && each.metaClass->getInstanceCount() != 0;
    });
}

void ClassDictionary::logInstances(const std::string &kext) {
    for (const RegisteredClass &each : classes) {
        int count = static_cast<int>(each.metaClass->getInstanceCount());
        if (each.kext == kext && count != 0)
            kernel::logLine("    Kext %s class %s has %d instance%s.", kext.c_str(), each.metaClass->getClassName(),
                            count, count == 1 ? "" : "s");
    }
}

const OSMetaClass *ClassDictionary::find(const char *name) {
    for (const RegisteredClass &each : classes)
        if (strcmp(each.metaClass->getClassName(), name) == 0)
            return each.metaClass;
    return nullptr;
}

const std::vector<RegisteredClass> &ClassDictionary::all() { return classes; }

OSMetaClass::OSMetaClass(const char *className, const OSMetaClass *superClass, unsigned int classSize)
    : superClassLink(superClass), className(className), classSize(classSize), instanceCount(0) {
    ClassDictionary::stall(this);
}

// The first instance of a class counts as one instance of its superclass, so that a kext whose class is subclassed
// elsewhere can't be unloaded (xnu, OSMetaClass.cpp).
void OSMetaClass::instanceConstructed() const {
    if (instanceCount++ == 0 && superClassLink)
        superClassLink->instanceConstructed();
}

void OSMetaClass::instanceDestructed() const {
    if (instanceCount-- == 1 && superClassLink)
        superClassLink->instanceDestructed();
    if (instanceCount < 0)
        kernel::logLine("OSMetaClass: Class %s - bad retain (%d)", className, instanceCount);
}

OSObject *OSMetaClass::allocClassWithName(const char *name) {
    const OSMetaClass *metaClass = ClassDictionary::find(name);
    return metaClass ? metaClass->alloc() : NULL;
}

OSObject *OSMetaClass::allocClassWithName(const OSString *name) {
    return allocClassWithName(name->getCStringNoCopy());
}

OSMetaClassBase *OSMetaClassBase::metaCast(const OSMetaClass *toMeta) const {
    for (const OSMetaClass *each = getMetaClass(); each; each = each->getSuperClass())
        if (each == toMeta)
            return const_cast<OSMetaClassBase *>(this);
    return NULL;
}

OSMetaClassBase *OSMetaClassBase::metaCast(const char *toMeta) const {
    const OSMetaClass *metaClass = ClassDictionary::find(toMeta);
    return metaClass ? metaCast(metaClass) : NULL;
}

OSMetaClassBase *OSMetaClassBase::safeMetaCast(const OSMetaClassBase *object, const OSMetaClass *toMeta) {
    return object ? object->metaCast(toMeta) : NULL;
}
