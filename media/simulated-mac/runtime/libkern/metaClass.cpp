#include "classDictionary.h"

#include <list>

using kernel::logLine;

namespace {
// Static constructors fill the queue, also those that run before this file's own: it must need no constructor itself.
OSMetaClass *firstStalled;
std::map<std::string, RegisteredClass> classes;

const RegisteredClass *find(const char *name) {
    auto found = classes.find(name);
    return found == classes.end() ? nullptr : &found->second;
}

const OSMetaClass *lookUp(const char *name) {
    const RegisteredClass *found = find(name);
    if (found) found->metaClass->lookups++;
    return found ? found->metaClass : NULL;
}

class DataClass : public OSMetaClass {
public:
    DataClass(const std::string &name, const OSMetaClass *superClass) : OSMetaClass("", superClass, 0), name(name) {
        className = this->name.c_str();
    }
    OSObject *alloc() const override { return NULL; }

private:
    const std::string name;
};
} // namespace

void ClassDictionary::queueData(const std::string &name, const std::string &superClass, uint64_t instances) {
    static std::list<DataClass> all;
    const OSMetaClass *super = firstStalled;
    while (super && superClass != super->getClassName()) super = super->nextStalled;
    if (const RegisteredClass *registered = find(superClass.c_str())) super = registered->metaClass;
    all.emplace_back(name, super);
    while (instances-- > 0) all.back().instanceConstructed();
}

OSReturn ClassDictionary::registerStalled(const std::string &kext) {
    std::vector<RegisteredClass> added;
    for (const OSMetaClass *next = firstStalled; next; next = next->nextStalled)
        added.insert(added.begin(), {next, kext});
    forgetStalled();
    for (const RegisteredClass &each : added) {
        if (const RegisteredClass *other = find(each.name())) {
            logLine("OSMetaClass: Kext %s class %s is a duplicate;kext %s already has a class by that name.",
                    kext.c_str(), each.name(), other->kext.c_str());
            return kOSMetaClassDuplicateClass;
        }
    }
    for (const RegisteredClass &each : added) classes.emplace(each.name(), each);
    return kOSReturnSuccess;
}

void ClassDictionary::forgetStalled() { firstStalled = nullptr; }

std::vector<RegisteredClass> ClassDictionary::ofKext(const std::string &kext) {
    std::vector<RegisteredClass> found;
    for (auto &each : classes)
        if (each.second.kext == kext) found.push_back(each.second);
    return found;
}

void ClassDictionary::removeClasses(const std::string &kext) {
    for (const RegisteredClass &each : ofKext(kext)) classes.erase(each.name());
}

std::string ClassDictionary::kextOf(const OSMetaClass *metaClass) {
    const RegisteredClass *found = find(metaClass->getClassName());
    return found ? found->kext : "";
}

const std::map<std::string, RegisteredClass> &ClassDictionary::all() { return classes; }

OSMetaClass::OSMetaClass(const char *className, const OSMetaClass *superClass, unsigned int)
    : superClass(superClass), className(className), instanceCount(0), lookups(0), nextStalled(firstStalled) {
    firstStalled = this;
}

// The first instance of a class counts as one instance of its superclass, so that a kext whose class is subclassed
// elsewhere can't be unloaded (xnu, OSMetaClass.cpp).
void OSMetaClass::instanceConstructed() const {
    if (instanceCount++ == 0 && superClass) superClass->instanceConstructed();
}

void OSMetaClass::instanceDestructed() const {
    if (instanceCount-- == 1 && superClass) superClass->instanceDestructed();
    if (instanceCount < 0) logLine("OSMetaClass: Class %s - bad retain (%d)", className, instanceCount);
}

// The look-up keeps the class's kext from being unloaded while the constructor runs.
OSObject *OSMetaClass::allocClassWithName(const char *name) {
    const OSMetaClass *metaClass = lookUp(name);
    if (!metaClass) return NULL;
    OSObject *object = metaClass->alloc();
    metaClass->releaseMetaClass();
    return object;
}

const OSMetaClass *OSMetaClass::copyMetaClassWithName(const OSSymbol *name) { return lookUp(name->getCStringNoCopy()); }

bool OSMetaClassBase::isEqualTo(const OSMetaClassBase *other) const { return this == other; }
void OSMetaClassBase::retain() const { taggedRetain(); }
void OSMetaClassBase::release() const { taggedRelease(); }
void OSMetaClassBase::taggedRetain(const void *) const {}
void OSMetaClassBase::taggedRelease(const void *) const {}

// As the C++ ABI has it: the function's address or, for a virtual one, its place in their table, marked by one bit.
void *OSMetaClassBase::memberFunction(const OSMetaClassBase *self, void (OSMetaClassBase::*function)(void)) {
    uintptr_t words[2];
    memcpy(words, &function, sizeof words);
#if defined(__aarch64__)
    bool isVirtual = words[1] & 1;
#else
    bool isVirtual = words[0] & 1;
    words[0] -= isVirtual;
#endif
    if (isVirtual) memcpy(words, *reinterpret_cast<const char *const *>(self) + words[0], sizeof *words);
    return reinterpret_cast<void *>(words[0]);
}

OSMetaClassBase *OSMetaClassBase::metaCast(const OSMetaClass *toMeta) const {
    for (const OSMetaClass *each = getMetaClass(); each; each = each->superClass)
        if (each == toMeta) return const_cast<OSMetaClassBase *>(this);
    return NULL;
}

OSMetaClassBase *OSMetaClassBase::metaCast(const char *toMeta) const {
    const RegisteredClass *found = find(toMeta);
    return found ? metaCast(found->metaClass) : NULL;
}

OSMetaClassBase *OSMetaClassBase::safeMetaCast(const OSMetaClassBase *object, const OSMetaClass *toMeta) {
    return object ? object->metaCast(toMeta) : NULL;
}
