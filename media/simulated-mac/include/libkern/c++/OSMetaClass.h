// Run-time types: one static metaclass object per class, which makes, names and counts the instances of that class.
#pragma once

#include <libkern/OSReturn.h>
#include <libkern/OSTypes.h>

class OSMetaClass;
class OSObject;
class OSString;
class OSSymbol;

#define OSTypeID(type) (type::metaClass)
#define OSTypeIDInst(instance) ((instance)->getMetaClass())
#define OSTypeAlloc(type) ((type *)(type::metaClass->alloc()))
#define OSDynamicCast(type, instance) ((type *)OSMetaClassBase::safeMetaCast((instance), OSTypeID(type)))
#define OSSafeRelease(instance) do { if (instance) (instance)->release(); } while (0)
#define OSSafeReleaseNULL(instance) do { OSSafeRelease(instance); (instance) = NULL; } while (0)

/// What objects and metaclasses have in common.
class OSMetaClassBase {
public:
    virtual void release(int freeWhen) const = 0;
    virtual int getRetainCount() const = 0;
    virtual void retain() const = 0;
    virtual void release() const = 0;
    virtual const OSMetaClass *getMetaClass() const = 0;
    virtual bool isEqualTo(const OSMetaClassBase *other) const { return this == other; }
    virtual void taggedRetain(const void *tag = NULL) const = 0;
    virtual void taggedRelease(const void *tag = NULL) const = 0;

    /// This object if its class is `toMeta` or derives from it, otherwise NULL.
    OSMetaClassBase *metaCast(const OSMetaClass *toMeta) const;
    OSMetaClassBase *metaCast(const char *toMeta) const;
    static OSMetaClassBase *safeMetaCast(const OSMetaClassBase *object, const OSMetaClass *toMeta);

protected:
    OSMetaClassBase() {}
    virtual ~OSMetaClassBase() {}
};

/// A class at run time. Metaclasses are never freed, so retain and release do nothing.
class OSMetaClass : public OSMetaClassBase {
public:
    virtual OSObject *alloc() const = 0;
    const char *getClassName() const { return className; }
    const OSMetaClass *getSuperClass() const { return superClassLink; }
    unsigned int getInstanceCount() const { return instanceCount; }
    unsigned int getClassSize() const { return classSize; }
    void instanceConstructed() const;
    void instanceDestructed() const;
    /// A new instance of the registered class of that name; NULL when there is none or it is abstract.
    static OSObject *allocClassWithName(const char *name);
    static OSObject *allocClassWithName(const OSString *name);

    void release(int) const override {}
    int getRetainCount() const override { return 0; }
    void retain() const override {}
    void release() const override {}
    const OSMetaClass *getMetaClass() const override { return this; }
    void taggedRetain(const void *) const override {}
    void taggedRelease(const void *) const override {}

protected:
    OSMetaClass(const char *className, const OSMetaClass *superClass, unsigned int classSize);
    virtual ~OSMetaClass() {}
    void operator delete(void *, size_t) {}

private:
    friend class ClassDictionary;
    const OSMetaClass *superClassLink;
    const char *className;
    unsigned int classSize;
    mutable SInt32 instanceCount;
    OSMetaClass *nextStalled;
};

#define OSDeclareCommonStructors(className)                                                                  \
private:                                                                                                     \
    static const OSMetaClass *const superClass;                                                              \
public:                                                                                                      \
    static const OSMetaClass *const metaClass;                                                               \
    static class MetaClass : public OSMetaClass {                                                            \
    public:                                                                                                  \
        MetaClass();                                                                                         \
        OSObject *alloc() const override;                                                                    \
    } gMetaClass;                                                                                            \
    friend class className::MetaClass;                                                                       \
    const OSMetaClass *getMetaClass() const override;                                                        \
protected:                                                                                                   \
    className(const OSMetaClass *);                                                                          \
    virtual ~className() override;

#define OSDeclareDefaultStructors(className)                                                                 \
    OSDeclareCommonStructors(className)                                                                      \
public:                                                                                                      \
    className();                                                                                             \
protected:

#define OSDeclareAbstractStructors(className)                                                                \
    OSDeclareCommonStructors(className)                                                                      \
private:                                                                                                     \
    className();                                                                                             \
protected:

#define OSDeclareFinalStructors(className)                                                                   \
    OSDeclareDefaultStructors(className)                                                                     \
private:                                                                                                     \
    void __OSFinalClass();                                                                                   \
protected:

// Stringises the class name after the preprocessor has expanded it: a renaming macro gives its right-hand side to
// the name at run time, as in xnu.
#define OSDefineMetaClass(className, superclassName)                                                         \
    className::MetaClass className::gMetaClass;                                                              \
    const OSMetaClass *const className::metaClass = &className::gMetaClass;                                  \
    const OSMetaClass *const className::superClass = &superclassName::gMetaClass;                            \
    className::className(const OSMetaClass *meta) : superclassName(meta) {}                                  \
    className::~className() {}                                                                               \
    const OSMetaClass *className::getMetaClass() const { return &gMetaClass; }                               \
    className::MetaClass::MetaClass()                                                                        \
        : OSMetaClass(#className, &superclassName::gMetaClass, sizeof(className)) {}

// Only the constructor without arguments counts: a subclass passes its own metaclass through the other one.
#define OSDefineMetaClassAndStructors(className, superclassName)                                             \
    OSDefineMetaClass(className, superclassName)                                                             \
    OSObject *className::MetaClass::alloc() const { return new className; }                                  \
    className::className() : superclassName(&gMetaClass) { gMetaClass.instanceConstructed(); }

#define OSDefineMetaClassAndAbstractStructors(className, superclassName)                                     \
    OSDefineMetaClass(className, superclassName)                                                             \
    OSObject *className::MetaClass::alloc() const { return NULL; }                                           \
    className::className() : superclassName(&gMetaClass) {}

#define OSDefineMetaClassAndFinalStructors(className, superclassName)                                        \
    OSDefineMetaClassAndStructors(className, superclassName)                                                 \
    void className::__OSFinalClass() {}
