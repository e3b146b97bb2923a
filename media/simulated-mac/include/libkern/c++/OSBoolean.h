#pragma once

#include <libkern/c++/OSObject.h>

/// One of two shared objects, on which retain and release do nothing.
class OSBoolean : public OSObject {
    OSDeclareDefaultStructors(OSBoolean)

public:
    static OSBoolean *withBoolean(bool value);
    virtual bool isTrue() const { return value; }
    virtual bool isFalse() const { return !value; }
    void taggedRetain(const void *) const override {}
    void taggedRelease(const void *) const override {}

private:
    bool value;
};

extern OSBoolean *const &kOSBooleanTrue;
extern OSBoolean *const &kOSBooleanFalse;
