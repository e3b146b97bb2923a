#pragma once

#include <libkern/c++/OSObject.h>

class OSString : public OSObject {
    OSDeclareDefaultStructors(OSString)

public:
    static OSString *withCString(const char *text);
    static OSString *withString(const OSString *string);
    static OSString *withStringOfLength(const char *text, size_t length);
    virtual bool initWithCString(const char *text);
    virtual bool initWithStringOfLength(const char *text, size_t length);
    void free() override;

    /// Bytes without the terminating zero.
    virtual unsigned int getLength() const;
    virtual const char *getCStringNoCopy() const;
    virtual bool isEqualTo(const char *text) const;
    virtual bool isEqualTo(const OSString *other) const;
    bool isEqualTo(const OSMetaClassBase *other) const override;

protected:
    char *string;
    unsigned int length;
};
