#pragma once

#include <libkern/c++/OSObject.h>

class OSString : public OSObject {
    OSDeclareDefaultStructors(OSString)

public:
    static OSString *withCString(const char *text);
    virtual bool initWithCString(const char *text);
    virtual bool initWithStringOfLength(const char *text, size_t length);
    void free() override;

    /// Bytes without the terminating zero.
    virtual unsigned int getLength() const { return length; }
    virtual const char *getCStringNoCopy() const { return string; }
    virtual bool isEqualTo(const char *text) const;
    bool isEqualTo(const OSMetaClassBase *other) const override;

private:
    char *string;
    unsigned int length;
};
