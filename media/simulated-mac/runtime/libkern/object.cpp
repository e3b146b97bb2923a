#include "../kernelHeaders.h"

#include <cstdlib>
#include <cstring>

// OSObject is the root, so the macros that name a superclass don't fit.
OSObject::MetaClass OSObject::gMetaClass;
const OSMetaClass *const OSObject::metaClass = &OSObject::gMetaClass;
const OSMetaClass *const OSObject::superClass = NULL;
OSObject::MetaClass::MetaClass() : OSMetaClass("OSObject", NULL, sizeof(OSObject)) {}
OSObject *OSObject::MetaClass::alloc() const { return NULL; }
OSObject::OSObject() : retainCount(1) {}
OSObject::OSObject(const OSMetaClass *) : retainCount(1) {}
OSObject::~OSObject() {}
const OSMetaClass *OSObject::getMetaClass() const { return &gMetaClass; }

namespace {
// The low half counts all references, the high half those of collections and of the registry. 0xffff in the low half
// marks an object that is being freed; 0xfffe stays for ever, a leak that xnu prefers to an overflow.
constexpr UInt32 freed = 0xffff;
constexpr UInt32 pegged = 0xfffe;

UInt32 step(const void *tag) { return tag == OSTypeID(OSCollection) ? 0x10001 : 1; }
} // namespace

bool OSObject::init() { return true; }

void OSObject::free() {
    getMetaClass()->instanceDestructed();
    delete this;
}

bool OSObject::taggedTryRetain(const void *tag) const {
    if ((retainCount & 0xffff) == freed)
        return false;
    if ((retainCount & 0xffff) != pegged)
        retainCount = retainCount + step(tag);
    return true;
}

void OSObject::taggedRetain(const void *tag) const {
    if (!taggedTryRetain(tag))
        panic("OSObject::refcount: Attempting to retain a freed object");
}

void OSObject::taggedRelease(const void *tag, const int when) const {
    UInt32 before = retainCount;
    if ((before & 0xffff) == freed)
        panic("OSObject::refcount: Attempting to release a freed object");
    if ((before & 0xffff) == pegged)
        return;
    UInt32 after = before - step(tag);
    UInt32 total = after & 0xffff, inCollections = after >> 16;
    bool last = static_cast<int>(total) < when;
    retainCount = last ? (after & 0xffff0000) | freed : after;
    if (total < inCollections)
        panic("A kext releasing a(n) %s has corrupted the registry.", getMetaClass()->getClassName());
    if (last)
        const_cast<OSObject *>(this)->free();
}

void OSObject::taggedRelease(const void *tag) const { taggedRelease(tag, 1); }
void OSObject::release(int freeWhen) const { taggedRelease(NULL, freeWhen); }
void OSObject::release() const { taggedRelease(NULL); }
void OSObject::retain() const { taggedRetain(NULL); }
int OSObject::getRetainCount() const { return static_cast<int>(retainCount & 0xffff); }

void *OSObject::operator new(size_t size) { return calloc(1, size); }

// Memory of an object is never used again: whoever still points to it meets the pattern, always.
void OSObject::operator delete(void *memory, size_t size) { memset(memory, 0xdb, size); }
