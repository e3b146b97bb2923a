// The root of every counted class.
#pragma once

#include <libkern/c++/OSMetaClass.h>

class OSObject : public OSMetaClassBase {
    OSDeclareAbstractStructors(OSObject)

public:
    /// Nothing is initialised here: memory from operator new is zero.
    virtual bool init();
    /// Called when the last reference goes. An override releases what it holds and ends with super::free(), which
    /// uncounts the instance and gives the memory back.
    virtual void free();

    void taggedRetain(const void *tag = NULL) const override;
    void taggedRelease(const void *tag = NULL) const override;
    virtual int getRetainCount() const;
    static void *operator new(size_t size);
    static void operator delete(void *memory, size_t size);

private:
    /// The low half counts all references, the high half those of collections and of the registry.
    mutable UInt32 retainCount;
};
