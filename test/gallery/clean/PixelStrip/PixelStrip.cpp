// A strip of lights, in segments that scenes share.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <libkern/c++/OSSharedPtr.h>

class PixelSegment : public OSObject {
    OSDeclareDefaultStructors(PixelSegment)

public:
    static OSSharedPtr<PixelSegment> withLength(uint32_t length);
    uint32_t length;
};

class PixelScene : public OSObject {
    OSDeclareDefaultStructors(PixelScene)

public:
    static PixelScene *withSegment(OSSharedPtr<PixelSegment> segment);
    void free() override;
    PixelSegment *segment() const { return shown.get(); }

private:
    OSSharedPtr<PixelSegment> shown;
};

class PixelStrip : public IOService {
    OSDeclareDefaultStructors(PixelStrip)

public:
    bool start(IOService *provider) override;

private:
    OSSharedPtr<PixelSegment> segment;
    OSSharedPtr<PixelScene> day;
    OSSharedPtr<PixelScene> night;
};

OSDefineMetaClassAndStructors(PixelSegment, OSObject)
OSDefineMetaClassAndStructors(PixelScene, OSObject)
OSDefineMetaClassAndStructors(PixelStrip, IOService)

OSSharedPtr<PixelSegment> PixelSegment::withLength(uint32_t length)
{
    OSSharedPtr<PixelSegment> segment(OSTypeAlloc(PixelSegment), OSNoRetain);
    if (!segment || !segment->init())
        return nullptr;
    segment->length = length;
    return segment;
}

PixelScene *PixelScene::withSegment(OSSharedPtr<PixelSegment> segment)
{
    OSSharedPtr<PixelScene> scene(OSTypeAlloc(PixelScene), OSNoRetain);
    if (!scene || !scene->init())
        return NULL;
    scene->shown = segment;
    return scene.detach();
}

void PixelScene::free()
{
    IOLog("PixelScene: %u lights go off\n", shown ? shown->length : 0);
    shown.reset();
    OSObject::free();
}

bool PixelStrip::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    segment = PixelSegment::withLength(60);
    day.reset(PixelScene::withSegment(segment), OSNoRetain);
    night = OSSharedPtr<PixelScene>(PixelScene::withSegment(segment), OSNoRetain);
    if (!segment || !day || !night)
        return false;
    day = night;
    setProperty("Lights", day->segment()->length, 32);
    registerService();
    return true;
}
