// Run-time types: one static metaclass object per class, which makes, names and counts the instances of that class.
#pragma once

#include <libkern/OSReturn.h>
#include <libkern/OSTypes.h>

class OSMetaClass;
class OSObject;
class OSString;
class OSSymbol;

#define OSTypeID(type)                (type::metaClass)
#define OSTypeAlloc(type)             ((type *)(type::metaClass->alloc()))
#define OSDynamicCast(type, instance) ((type *)OSMetaClassBase::safeMetaCast((instance), OSTypeID(type)))
/// A member function as a plain one whose first argument is the object.
#define OSMemberFunctionCast(type, self, function) \
    ((type)OSMetaClassBase::memberFunction((self), (void(OSMetaClassBase::*)(void))(function)))
// clang-format off
#define OSSafeRelease(instance) do { if (instance) (instance)->release(); } while (0)
#define OSSafeReleaseNULL(instance) do { OSSafeRelease(instance); (instance) = NULL; } while (0)
// clang-format on

// Begins the part of a class that belongs to the kernel: drivers can't reach it.
#ifdef SIMULATED_MAC_RUNTIME
#define KERNEL_PRIVATE public
#else
#define KERNEL_PRIVATE private
#endif

/// What objects and classes have in common. Classes are never freed, so nothing counts their references.
class OSMetaClassBase {
public:
    virtual const OSMetaClass *getMetaClass() const = 0;
    virtual bool isEqualTo(const OSMetaClassBase *other) const;
    virtual void retain() const;
    virtual void release() const;
    virtual void taggedRetain(const void *tag = NULL) const;
    virtual void taggedRelease(const void *tag = NULL) const;

    /// This object if its class is `toMeta` or derives from it, otherwise NULL.
    OSMetaClassBase *metaCast(const OSMetaClass *toMeta) const;
    OSMetaClassBase *metaCast(const char *toMeta) const;
    static OSMetaClassBase *safeMetaCast(const OSMetaClassBase *object, const OSMetaClass *toMeta);
    static void *memberFunction(const OSMetaClassBase *self, void (OSMetaClassBase::*function)(void));

protected:
    virtual ~OSMetaClassBase() {}
};

class OSMetaClass : public OSMetaClassBase {
public:
    virtual OSObject *alloc() const = 0;
    const OSMetaClass *getMetaClass() const override { return this; }
    const char *getClassName() const { return className; }
    const OSMetaClass *getSuperClass() const { return superClass; }
    unsigned int getInstanceCount() const { return (unsigned int)instanceCount; }
    void instanceConstructed() const;
    void instanceDestructed() const;
    /// A new instance of the registered class of that name; NULL when there is none or it is abstract.
    static OSObject *allocClassWithName(const char *name);
    /// The registered class of that name, or NULL. Its kext stays loaded until releaseMetaClass.
    static const OSMetaClass *copyMetaClassWithName(const OSSymbol *name);
    void releaseMetaClass() const { lookups--; }

protected:
    OSMetaClass(const char *className, const OSMetaClass *superClass, unsigned int classSize);
    void operator delete(void *, size_t) {}

KERNEL_PRIVATE:
    const OSMetaClass *superClass;
    const char *className;
    mutable SInt32 instanceCount;
    /// References that look-ups by name have given out.
    mutable SInt32 lookups;
    OSMetaClass *nextStalled;
};

#define OSDeclareCommonStructors(className)           \
private:                                              \
    static const OSMetaClass *const superClass;       \
public:                                               \
    static const OSMetaClass *const metaClass;        \
    static class MetaClass : public OSMetaClass {     \
    public:                                           \
        MetaClass();                                  \
        OSObject *alloc() const override;             \
    } gMetaClass;                                     \
    const OSMetaClass *getMetaClass() const override; \
protected:                                            \
    className(const OSMetaClass *);                   \
    virtual ~className() override;

#define OSDeclareDefaultStructors(className)                  \
    OSDeclareCommonStructors(className) public : className(); \
protected:

#define OSDeclareAbstractStructors(className)                  \
    OSDeclareCommonStructors(className) private : className(); \
protected:

// Stringises the class name after the preprocessor has expanded it: a renaming macro gives its right-hand side to
// the name at run time, as in xnu.
#define OSDefineMetaClass(className, superclassName)                              \
    className::MetaClass className::gMetaClass;                                   \
    const OSMetaClass *const className::metaClass = &className::gMetaClass;       \
    const OSMetaClass *const className::superClass = &superclassName::gMetaClass; \
    className::className(const OSMetaClass *meta) : superclassName(meta) {}       \
    className::~className() {}                                                    \
    const OSMetaClass *className::getMetaClass() const { return &gMetaClass; }    \
    className::MetaClass::MetaClass() : OSMetaClass(#className, &superclassName::gMetaClass, sizeof(className)) {}

// Only the constructor without arguments counts: a subclass passes its own metaclass through the other one.
#define OSDefineMetaClassAndStructors(className, superclassName)                                 \
    OSDefineMetaClass(className, superclassName) OSObject *className::MetaClass::alloc() const { \
        return new className;                                                                    \
    }                                                                                            \
    className::className() : superclassName(&gMetaClass) { gMetaClass.instanceConstructed(); }

#define OSDefineMetaClassAndAbstractStructors(className, superclassName)                                        \
    OSDefineMetaClass(className, superclassName) OSObject *className::MetaClass::alloc() const { return NULL; } \
    className::className() : superclassName(&gMetaClass) {}

#define OSDeclareFinalStructors(className)                     OSDeclareDefaultStructors(className)
#define OSDefineMetaClassAndFinalStructors(className, super)  OSDefineMetaClassAndStructors(className, super)
