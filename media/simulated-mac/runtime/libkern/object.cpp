#include "../core/sanitizer.h"
#include "../kernel.h"

#include <cstdlib>
#include <cstring>

// OSObject is the root, so the macros that name a superclass don't fit.
OSObject::MetaClass OSObject::gMetaClass;
const OSMetaClass *const OSObject::metaClass = &OSObject::gMetaClass;
OSObject::MetaClass::MetaClass() : OSMetaClass("OSObject", NULL, sizeof(OSObject)) {}
OSObject *OSObject::MetaClass::alloc() const { return NULL; }
OSObject::OSObject() : retainCount(1) {}
OSObject::OSObject(const OSMetaClass *) : retainCount(1) {}
OSObject::~OSObject() {}
const OSMetaClass *OSObject::getMetaClass() const { return &gMetaClass; }

namespace {
// 0xffff in the low half marks an object that is being freed; 0xfffe stays for ever, a leak that xnu prefers to an
// overflow.
constexpr UInt32 freed = 0xffff;
constexpr UInt32 pegged = 0xfffe;

UInt32 step(const void *tag) { return tag == OSTypeID(OSCollection) ? 0x10001 : 1; }
} // namespace

bool OSObject::init() { return true; }

void OSObject::free() {
    getMetaClass()->instanceDestructed();
    delete this;
}

void OSObject::taggedRetain(const void *tag) const {
    UInt32 total = retainCount & 0xffff;
    if (total == freed) panic("OSObject::refcount: Attempting to retain a freed object");
    if (total != pegged) retainCount += step(tag);
}

void OSObject::taggedRelease(const void *tag) const {
    UInt32 total = retainCount & 0xffff;
    if (total == freed) panic("OSObject::refcount: Attempting to release a freed object");
    if (total == pegged) return;
    retainCount -= step(tag);
    if (total - 1 < retainCount >> 16)
        panic("A kext releasing a(n) %s has corrupted the registry.", getMetaClass()->getClassName());
    if (total == 1) {
        retainCount |= freed;
        const_cast<OSObject *>(this)->free();
    }
}

int OSObject::getRetainCount() const { return static_cast<int>(retainCount & 0xffff); }

void *OSObject::operator new(size_t size) {
    if (void *memory = calloc(1, size)) return memory;
    panic("out of memory: there is none for an object of %zu bytes", size);
}

// Memory of an object is never used again: whoever still points to it meets the pattern, always.
void OSObject::operator delete(void *memory, size_t size) {
    if (freesMemory)
        ::free(memory);
    else
        memset(memory, 0xdb, size);
}
