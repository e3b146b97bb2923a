// Makes coffee by recipes, which stand in a dictionary of lists.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class RecipeStep : public OSObject {
    OSDeclareDefaultStructors(RecipeStep)

public:
    static RecipeStep *withSeconds(uint32_t seconds);
    uint32_t seconds;
};

class CoffeeMaker : public IOService {
    OSDeclareDefaultStructors(CoffeeMaker)

public:
    bool init(OSDictionary *properties) override;
    bool start(IOService *provider) override;
    void free() override;

private:
    OSArray *addRecipe(const char *name);
    bool addStep(OSArray *recipe, uint32_t seconds);
    uint32_t duration(const char *name) const;

    OSDictionary *recipes;
};

OSDefineMetaClassAndStructors(RecipeStep, OSObject)
OSDefineMetaClassAndStructors(CoffeeMaker, IOService)

RecipeStep *RecipeStep::withSeconds(uint32_t seconds)
{
    RecipeStep *step = OSTypeAlloc(RecipeStep);
    if (step && !step->init())
        OSSafeReleaseNULL(step);
    if (step)
        step->seconds = seconds;
    return step;
}

bool CoffeeMaker::init(OSDictionary *properties)
{
    if (!IOService::init(properties))
        return false;
    recipes = OSDictionary::withCapacity(4);
    return recipes != NULL;
}

/// The dictionary owns it: the caller must not release it.
OSArray *CoffeeMaker::addRecipe(const char *name)
{
    OSArray *recipe = OSArray::withCapacity(4);
    if (!recipe)
        return NULL;
    recipes->setObject(name, recipe);
    recipe->release();
    return recipe;
}

bool CoffeeMaker::addStep(OSArray *recipe, uint32_t seconds)
{
    RecipeStep *step = recipe ? RecipeStep::withSeconds(seconds) : NULL;
    if (!step)
        return false;
    bool added = recipe->setObject(step);
    step->release();
    return added;
}

uint32_t CoffeeMaker::duration(const char *name) const
{
    uint32_t seconds = 0;
    OSArray *recipe = OSDynamicCast(OSArray, recipes->getObject(name));
    for (unsigned i = 0; recipe && i < recipe->getCount(); i++) {
        RecipeStep *step = OSDynamicCast(RecipeStep, recipe->getObject(i));
        seconds += step ? step->seconds : 0;
    }
    return seconds;
}

bool CoffeeMaker::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    OSArray *espresso = addRecipe("espresso");
    OSArray *lungo = addRecipe("lungo");
    if (!addStep(espresso, 5) || !addStep(espresso, 25) || !addStep(lungo, 60))
        return false;
    setProperty("Seconds", duration("espresso"), 32);
    registerService();
    return true;
}

void CoffeeMaker::free()
{
    OSSafeReleaseNULL(recipes);
    IOService::free();
}
