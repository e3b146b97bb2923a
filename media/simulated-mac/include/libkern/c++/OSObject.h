// The root of every counted class.
#pragma once

#include <libkern/c++/OSMetaClass.h>

/// An object with a retain count, whose low half counts all references and whose high half those of collections and
/// of the registry.
class OSObject : public OSMetaClassBase {
    OSDeclareAbstractStructors(OSObject)

public:
    /// Nothing is initialised here: memory from operator new is zero.
    virtual bool init();
    /// Called when the last reference goes. An override releases what it holds and ends with super::free(), which
    /// uncounts the instance and gives the memory back.
    virtual void free();

    /// Frees the object when fewer than `freeWhen` references would remain.
    void release(int freeWhen) const override;
    int getRetainCount() const override;
    void retain() const override;
    void release() const override;
    void taggedRetain(const void *tag = NULL) const override;
    void taggedRelease(const void *tag = NULL) const override;
    virtual bool taggedTryRetain(const void *tag = NULL) const;

    static void *operator new(size_t size);
    static void operator delete(void *memory, size_t size);

protected:
    virtual void taggedRelease(const void *tag, const int when) const;

private:
    mutable volatile UInt32 retainCount;
};
