document.title = "heatwire sandbox";
