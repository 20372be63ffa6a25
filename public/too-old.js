// A browser that knows no modules cannot run the program: it gets the page that needs none.
location.replace("rescue.html");
